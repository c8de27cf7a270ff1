package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The threads of embedded brokers in this JVM. */
final class OwnThreads {

    private OwnThreads() {}

    /** Daemons of Kafka's metrics library serve all brokers, and stay. */
    static void awaitNone() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getThreadGroup() instanceof BrokerThreads)
                .extracting(Thread::getName)
                .allMatch(name -> name.startsWith("metrics-meter-tick-thread-")));
    }
}
