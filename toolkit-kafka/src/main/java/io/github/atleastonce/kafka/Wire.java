package io.github.atleastonce.kafka;

import io.github.atleastonce.message.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Publishes the messages of a run, and remembers at which offset each one has come to lie. */
final class Wire {

    private final Producer<byte[], byte[]> producer;
    private final Answers answers;
    private final List<Flying> flying = new ArrayList<>();
    private final Map<TopicPartition, Map<Long, StoredMessage>> published = new HashMap<>();

    private record Flying(StoredMessage message, Future<RecordMetadata> landing) {}

    Wire(Producer<byte[], byte[]> producer, Answers answers) {
        this.producer = producer;
        this.answers = answers;
    }

    void publish(StoredMessage stored) {
        byte[] value = stored.kind() == StoredMessage.Kind.POISON
                ? Payloads.unreadable()
                : Payloads.write(stored.message().payload());
        String key = stored.key();
        ProducerRecord<byte[], byte[]> producerRecord = new ProducerRecord<>(
                stored.label().channel(),
                stored.partition(),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value);
        stored.message()
                .headers()
                .asMap()
                .forEach((name, text) -> producerRecord.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        flying.add(new Flying(stored, producer.send(producerRecord)));
    }

    /** Waits until the broker has acknowledged all that was published. */
    void land() {
        if (flying.isEmpty()) {
            return;
        }
        producer.flush();
        for (Flying one : flying) {
            RecordMetadata position = answers.await(one.landing());
            published
                    .computeIfAbsent(
                            new TopicPartition(position.topic(), position.partition()), ignored -> new HashMap<>())
                    .put(position.offset(), one.message());
        }
        flying.clear();
    }

    /** Returns what this run has published at an offset, or null if somebody else did. */
    @Nullable
    StoredMessage at(TopicPartition partition, long offset) {
        return published.getOrDefault(partition, Map.of()).get(offset);
    }
}
