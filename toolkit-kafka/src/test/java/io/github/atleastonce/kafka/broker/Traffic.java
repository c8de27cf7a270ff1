package io.github.atleastonce.kafka.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What ordinary clients do with a broker. */
final class Traffic {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String bootstrapServers;

    private Traffic(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    static Traffic on(Broker broker) {
        return new Traffic(broker.bootstrapServers());
    }

    void send(String topic, String... values) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        }
    }

    /** Reads as a member of a group, commits, and leaves. */
    List<String> receive(String topic, String group, int count) {
        return receive(topic, group, count, Map.of());
    }

    List<String> receive(String topic, String group, int count, Map<String, ?> properties) {
        Map<String, Object> all = common(properties);
        all.put("group.id", group);
        all.put("auto.offset.reset", "earliest");
        all.put("enable.auto.commit", false);
        List<String> values = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(consumed -> values.add(consumed.value()));
            }
            consumer.commitSync();
        }
        return values;
    }

    KafkaProducer<String, String> producer(Map<String, ?> properties) {
        return new KafkaProducer<>(common(properties), new StringSerializer(), new StringSerializer());
    }

    private Map<String, Object> common(Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }
}
