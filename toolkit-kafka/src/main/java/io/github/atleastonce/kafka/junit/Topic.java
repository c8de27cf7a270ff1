package io.github.atleastonce.kafka.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/** Describes a topic that a test needs. Used within {@link KafkaBroker}. */
@API(status = API.Status.EXPERIMENTAL)
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Topic {

    /**
     * Names the topic.
     *
     * @return the name
     */
    String name();

    /**
     * Says how many partitions it has. Test classes that share a topic name the same number.
     *
     * @return at least 1
     */
    int partitions() default 1;
}
