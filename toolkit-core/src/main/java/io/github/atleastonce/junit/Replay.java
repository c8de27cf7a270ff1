package io.github.atleastonce.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a {@link FaultTest} under one schedule only, after a run without faults. If the test does not meet what the token says,
 * it fails and names the step. It stands beside {@link FaultTest}, or an annotation that is made of it; anywhere else it is refused.
 */
// A template of its own, so that it is found, and refused, where it stands alone.
@API(status = API.Status.EXPERIMENTAL)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(FaultTestExtension.class)
public @interface Replay {

    /**
     * Names the schedule.
     *
     * @return a token as a failure prints it, for example {@code 1:crash(customers<orders[k1]/commit)}
     */
    String value();
}
