package io.github.atleastonce.kafka;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Publishes the messages of a run, and remembers at which offset each one has come to lie. */
final class Wire {

    private final Run run;
    private final Producer<byte[], byte[]> producer;
    private final Answers answers;
    private final List<Flying> flying = new ArrayList<>();
    private final Map<TopicPartition, Map<Long, StoredMessage>> published = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

    private record Flying(StoredMessage message, Future<RecordMetadata> landing) {}

    Wire(Run run, Producer<byte[], byte[]> producer, Answers answers) {
        this.run = run;
        this.producer = producer;
        this.answers = answers;
    }

    void publish(StoredMessage stored) {
        String topic = stored.label().channel();
        RecordFormat format = RecordFormat.of(run);
        Headers headers = new RecordHeaders();
        stored.message()
                .headers()
                .asMap()
                .forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
        String key = stored.key();
        byte @Nullable [] keyBytes = key == null ? null : format.key(topic, key);
        byte @Nullable [] value = value(format, topic, headers, stored);
        flying.add(new Flying(
                stored, producer.send(new ProducerRecord<>(topic, stored.partition(), keyBytes, value, headers))));
    }

    private byte @Nullable [] value(RecordFormat format, String topic, Headers headers, StoredMessage stored) {
        if (stored.message().isTombstone()) {
            return null;
        }
        if (stored.kind() == StoredMessage.Kind.POISON) {
            return Payloads.unreadable();
        }
        byte @Nullable [] today =
                format.values().serialize(topic, headers, stored.message().payload());
        // A release before today's adds the headers that today's adds.
        Object older = stored.olderForm();
        if (older == null) {
            return today;
        }
        return older instanceof byte[] bytes ? bytes : older(format, topic, headers, stored, older);
    }

    /** Who reads it is not to be blamed for bytes that no release has written. */
    private byte[] older(RecordFormat format, String topic, Headers headers, StoredMessage stored, Object older) {
        try {
            return format.values().serialize(topic, new RecordHeaders(headers), older);
        } catch (RuntimeException refused) {
            throw run.history()
                    .caveats()
                    .refuse(new UsageException(
                            "OLD_SCHEMA has no serializer that writes "
                                    + stored.message().title() + ", sent to '" + topic
                                    + "', by an older schema: that wants one which takes other records than those of "
                                    + stored.message().payload().getClass().getSimpleName()
                                    + ", as serializers with a registry do.",
                            refused));
        }
    }

    /** Sends a record in the place of one of the application's, and waits until it is acknowledged. */
    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        Future<RecordMetadata> landing = producer.send(record, (where, failure) -> {
            if (failure == null && where.hasOffset()) {
                ended(where);
            }
            if (callback != null) {
                callback.onCompletion(where, failure);
            }
        });
        producer.flush();
        return landing;
    }

    /** Waits until the broker has acknowledged all that was published. */
    void land() {
        if (flying.isEmpty()) {
            return;
        }
        producer.flush();
        for (Flying one : flying) {
            RecordMetadata position = answers.await(one.landing());
            ended(position);
            published
                    .computeIfAbsent(
                            new TopicPartition(position.topic(), position.partition()), ignored -> new HashMap<>())
                    .put(position.offset(), one.message());
        }
        flying.clear();
    }

    /** Counts what this run has published to a partition before an offset. */
    long countBefore(TopicPartition partition, long offset) {
        return published.getOrDefault(partition, Map.of()).keySet().stream()
                .filter(at -> at < offset)
                .count();
    }

    /** Returns the offset after the last record that this run has published to a partition, 0 if there is none. */
    long endOf(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private void ended(RecordMetadata where) {
        ends.merge(new TopicPartition(where.topic(), where.partition()), where.offset() + 1, Math::max);
    }

    /** Returns what this run has published at an offset, or null if somebody else did. */
    @Nullable
    StoredMessage at(TopicPartition partition, long offset) {
        return published.getOrDefault(partition, Map.of()).get(offset);
    }
}
