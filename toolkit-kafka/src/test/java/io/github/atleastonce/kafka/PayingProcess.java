package io.github.atleastonce.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A service that runs as a process of its own: it pays for each order, and knows nothing of tests. */
final class PayingProcess {

    private PayingProcess() {}

    /** Takes the servers, the group, the topics to read and to write, and whether it commits before it has paid. */
    public static void main(String[] arguments) throws Exception {
        String servers = arguments[0];
        boolean commitsFirst = arguments[4].equals("commits-first");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers, "linger.ms", 0),
                        new StringSerializer(),
                        new StringSerializer());
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                servers,
                                "group.id",
                                arguments[1],
                                "auto.offset.reset",
                                "earliest",
                                "enable.auto.commit",
                                false),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.subscribe(List.of(arguments[2]));
            while (true) {
                for (ConsumerRecord<String, String> order : consumer.poll(Duration.ofMillis(100))) {
                    if (commitsFirst) {
                        consumer.commitSync();
                    }
                    producer.send(new ProducerRecord<>(arguments[3], order.key(), order.value()))
                            .get();
                    if (!commitsFirst) {
                        consumer.commitSync();
                    }
                }
            }
        }
    }
}
