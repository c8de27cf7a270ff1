package io.github.atleastonce.examples.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** From nothing to a record that a group has read, on a broker that somebody starts: the same steps for all. Needs Kafka's client and the JDK only. */
public final class FirstRecord {

    private FirstRecord() {}

    /**
     * Prints the milliseconds since the JVM was asked for, and the version of Kafka's client.
     *
     * @param arguments the class that starts a broker with a topic {@code orders} and says where it is; when the JVM was asked for, in milliseconds
     *     since the epoch
     * @throws Exception if the broker or a client fails
     */
    public static void main(String[] arguments) throws Exception {
        Supplier<?> broker = Class.forName(arguments[0])
                .asSubclass(Supplier.class)
                .getDeclaredConstructor()
                .newInstance();
        Object servers = broker.get();
        Map<String, Object> at = Map.of("bootstrap.servers", servers);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(at, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("orders", "o-1", "10")).get();
        }
        Map<String, Object> inGroup =
                Map.of("bootstrap.servers", servers, "group.id", "customers", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(inGroup, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("orders"));
            while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                // the group is forming
            }
            System.out.println(System.currentTimeMillis() - Long.parseLong(arguments[1]) + " " + version());
        }
        System.exit(0);
    }

    /** Kafka tells its own version in a place that differs from version to version. */
    private static String version() {
        String jar = KafkaConsumer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return jar.replaceAll(".*kafka-clients-|\\.jar$", "");
    }
}
