package io.github.atleastonce.junit;

import io.github.atleastonce.schedule.Fault;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * Runs a test method under the faults that every consumer of an at-least-once channel must survive: DUPLICATE, REDELIVERY and
 * CRASH. Otherwise as {@link FaultTest}.
 *
 * <p>It is the small one. What only two messages at once, an overtaking one, a lost connection, a failed send or an unreadable record
 * breaks passes it; the claim ends with the faults that were not tried.
 */
@API(status = API.Status.EXPERIMENTAL)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@FaultTest(faults = {Fault.DUPLICATE, Fault.REDELIVERY, Fault.CRASH})
public @interface AtLeastOnceTest {

    /**
     * Bounds the number of faults in a schedule.
     *
     * @return as in {@link FaultTest#maxFaults()}
     */
    int maxFaults() default FaultTest.AS_CONFIGURED;

    /**
     * Bounds the number of schedules.
     *
     * @return as in {@link FaultTest#maxRuns()}
     */
    int maxRuns() default FaultTest.AS_CONFIGURED;

    /**
     * Gives the time to go on once every schedule with one fault was run.
     *
     * @return as in {@link FaultTest#budget()}
     */
    String budget() default "";

    /**
     * Bounds the time that all schedules together may take.
     *
     * @return as in {@link FaultTest#timeout()}
     */
    String timeout() default "";

    /**
     * Says why the test may pass even when nothing is delivered.
     *
     * @return as in {@link FaultTest#mayPassUndelivered()}
     */
    String mayPassUndelivered() default "";

    /**
     * Sets any other bound.
     *
     * @return as in {@link FaultTest#bounds()}
     */
    String[] bounds() default {};
}
