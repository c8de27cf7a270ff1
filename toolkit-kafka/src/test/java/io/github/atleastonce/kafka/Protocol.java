package io.github.atleastonce.kafka;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** A way in which the members of a group share the work. */
record Protocol(String name, Map<String, String> settings) {

    static final Protocol CLASSIC = new Protocol("classic", Map.of("heartbeat.interval.ms", "100"));
    static final Protocol CONSUMER = new Protocol("consumer", Map.of("group.protocol", "consumer"));

    /** Returns those that the broker speaks. */
    static Stream<Protocol> spoken() {
        return Stream.of(
                        CLASSIC,
                        new Protocol(
                                "cooperative",
                                Map.of(
                                        "heartbeat.interval.ms",
                                        "100",
                                        "partition.assignment.strategy",
                                        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor")),
                        CONSUMER)
                .filter(Protocol::isSpoken);
    }

    /** Brokers before 4.0 speak the classic protocol only. */
    boolean isSpoken() {
        String jar = KafkaConsumer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return this != CONSUMER || !jar.contains("kafka-clients-3.");
    }

    @Override
    public String toString() {
        return name;
    }
}
