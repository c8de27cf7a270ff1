package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** From nothing to a record that a group has read, on the embedded broker; the same steps as its peer in the neighbouring module. */
public final class EmbeddedKafkaColdStart {

    private EmbeddedKafkaColdStart() {}

    /**
     * Prints the milliseconds since the JVM was asked for.
     *
     * @param arguments when that was, in milliseconds since the epoch
     * @throws Exception if the broker or a client fails
     */
    public static void main(String[] arguments) throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start();
        broker.createTopics(Map.of("orders", 1));
        Map<String, Object> at = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(at, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("orders", "o-1", "10")).get();
        }
        Map<String, Object> inGroup = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "customers",
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(inGroup, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("orders"));
            while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                // the group is forming
            }
            System.out.println(System.currentTimeMillis() - Long.parseLong(arguments[0]));
        }
        System.exit(0);
    }
}
