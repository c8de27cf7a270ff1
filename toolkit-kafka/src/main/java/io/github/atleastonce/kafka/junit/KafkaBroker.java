package io.github.atleastonce.kafka.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class a real Kafka broker, and lets its fault tests run over it.
 *
 * <pre>{@code
 * @KafkaBroker(topics = @Topic(name = "orders", partitions = 3))
 * class CreditReservationTest { … }
 * }</pre>
 *
 * <p>The broker is started once for the JVM and shared; classes that use it do not run at the same time. Its address is in the
 * system properties {@code spring.kafka.bootstrap-servers}, {@code spring.embedded.kafka.brokers}, {@code
 * spring.cloud.stream.kafka.binder.brokers}, {@code kafka.bootstrap.servers} and {@code
 * mp.messaging.connector.smallrye-kafka.bootstrap.servers} before the class begins, in those that {@link #properties()} names,
 * and in parameters marked {@link BootstrapServers}. {@code spring.kafka.consumer.auto-offset-reset} is {@code earliest}: with
 * Kafka's own default a listener can miss what is sent while it starts.
 *
 * <p>Write it above an annotation that starts an application before the class, such as {@code @MicronautTest} and {@code @QuarkusTest};
 * with {@code @SpringBootTest} any order will do.
 */
@API(status = API.Status.EXPERIMENTAL)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ResourceLock("io.github.atleastonce.kafka")
@ExtendWith(KafkaBrokerExtension.class)
public @interface KafkaBroker {

    /**
     * Names the topics that the tested flow passes through. They exist before the test begins, and groups that consume one
     * of them take part in settling. Their records are deleted after the class, and after a run that did not come to rest:
     * on a cluster that others use, name topics that belong to tests alone.
     *
     * @return the topics
     */
    Topic[] topics() default {};

    /**
     * Names further system properties that are to hold the broker's address.
     *
     * @return names of properties
     */
    String[] properties() default {};

    /**
     * Says how many brokers there are. Several keep everything that is written on each of them, and when BROKER_UNAVAILABLE stops and starts one after
     * another, partitions and groups get other leaders and coordinators. Classes that want as many share them; the JVM keeps one cluster for each number.
     *
     * @return the number of brokers, from 1 to 9; with {@code atleastonce.kafka.provider=external} the least number
     */
    int brokers() default 1;

    /**
     * Says whether clients come by a proxy, which lets faults happen to what they send, commit and are given, whoever they are and whatever
     * language they are written in: REDELIVERY, REORDER, DELAY, SEND_FAILED, SEND_UNCERTAIN, DUPLICATE, DROP, COMMIT_FAILED, REBALANCE and
     * BROKER_UNAVAILABLE, for which an embedded broker is also stopped and started again. All the addresses above are then that of the proxy. While a scenario settles, one consumer group at a time is given the records of one
     * partition, until it has committed them. A cached Spring context that another class has started without the proxy does not come by it.
     *
     * <p>Without it clients reach the broker directly, and of what they send and commit by themselves nothing is faulted: for what the proxy does not understand,
     * such as TLS.
     *
     * @return whether there is a proxy before the broker
     */
    boolean proxy() default true;
}
