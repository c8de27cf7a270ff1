package io.github.atleastonce.kafka;

import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Label;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.message.Tombstone;
import io.github.atleastonce.run.Run;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Knows the records of one run by names that are the same in every run. To be asked by the thread whose turn it is. */
@API(status = API.Status.INTERNAL)
public final class RunRecords {

    /** Where Spring's serializers say what they have written. */
    private static final String TYPE = "__TypeId__";

    private static final String RECORD = "Record";

    /** What a record says that nobody in this JVM has read. */
    private enum Unread {
        INSTANCE;

        @Override
        public String toString() {
            return "";
        }
    }

    private final Wire wire;
    private final Map<TopicPartition, Long> from;
    private final Consumer<String> before;
    private final LogEnds ends;
    private final Map<TopicPartition, Map<Long, StoredMessage>> written = new HashMap<>(2);
    /** Where batches begin and end that others have appended by the proxy. */
    private final Map<TopicPartition, NavigableMap<Long, Long>> batches = new HashMap<>(2);
    /** Where partitions end behind copies that the proxy has appended. */
    private final Map<TopicPartition, Long> copies = new HashMap<>(1);
    /** Where transactions are ended, which takes offsets that hold no record. */
    private final Set<TopicPartition> marked = new HashSet<>(2);
    /** The offsets of records that others have sent, as far as they were seen. */
    private final Map<TopicPartition, NavigableSet<Long>> others = new HashMap<>(2);

    RunRecords(Wire wire, Map<TopicPartition, Long> from, Consumer<String> before, LogEnds ends) {
        this.wire = wire;
        this.from = from;
        this.before = before;
        this.ends = ends;
    }

    /**
     * Returns what knows the records of a run.
     *
     * @param run the run
     * @return its records, or empty if its transport is not Kafka
     */
    public static Optional<RunRecords> of(Run run) {
        return run.belonging(RunRecords.class);
    }

    /**
     * Returns what a record is in its run: the message that the test has sent, or else a message that is named by its place among the
     * records of the run.
     *
     * @param bytes the record as a consumer got it, deserialized or not
     * @return the message at its position
     */
    public synchronized StoredMessage stored(ConsumerRecord<?, ?> bytes) {
        TopicPartition partition = new TopicPartition(bytes.topic(), bytes.partition());
        StoredMessage sent = wire.at(partition, bytes.offset());
        if (sent != null) {
            return sent;
        }
        StoredMessage known = written.getOrDefault(partition, Map.of()).get(bytes.offset());
        if (known != null) {
            return known;
        }
        others.computeIfAbsent(partition, any -> new TreeSet<>()).add(bytes.offset());
        return foreign(partition, bytes);
    }

    /** Takes note of records that somebody has appended who comes by the proxy. */
    synchronized void appended(TopicPartition partition, long offset, int count, boolean transactional) {
        NavigableSet<Long> seen = others.computeIfAbsent(partition, any -> new TreeSet<>());
        for (int i = 0; i < count; i++) {
            seen.add(offset + i);
        }
        batches.computeIfAbsent(partition, any -> new TreeMap<>()).put(offset, offset + count);
        if (transactional) {
            marked.add(partition);
        }
    }

    /** Takes note of where a partition ends behind the copy of a record. */
    synchronized void copied(TopicPartition partition, long end) {
        copies.merge(partition, end, Math::max);
    }

    /** Says whether a partition holds a record at an offset or behind it: where there are transactions, it may be only what ends them. */
    synchronized boolean reachBeyond(TopicPartition partition, long offset) {
        return !marked.contains(partition) || endOf(partition) > offset;
    }

    /** Returns the offset after the last record of a partition of which the run knows, 0 if it knows of none. */
    synchronized long endOf(TopicPartition partition) {
        NavigableMap<Long, Long> known = batches.get(partition);
        return Math.max(
                Math.max(wire.endOf(partition), copies.getOrDefault(partition, 0L)),
                known == null ? 0 : known.lastEntry().getValue());
    }

    /** Returns where further batches begin before an end, as far as each one follows the one before it and nothing lies between them. */
    synchronized List<Long> following(TopicPartition partition, long begin, long end) {
        List<Long> offsets = new ArrayList<>();
        Map<Long, Long> known = batches.getOrDefault(partition, Collections.emptyNavigableMap());
        long at = begin;
        while (at < end) {
            long next = isOurs(partition, at) ? at + 1 : known.getOrDefault(at, end);
            if (next < end && (isOurs(partition, next) || known.containsKey(next))) {
                offsets.add(next);
            }
            at = next;
        }
        return offsets;
    }

    /** Counts records: the markers of transactions lie between them, and when one is written is a matter of chance. */
    synchronized long place(TopicPartition partition, long offset) {
        NavigableSet<Long> seen = others.getOrDefault(partition, Collections.emptyNavigableSet());
        return wire.countBefore(partition, offset) + seen.headSet(offset, false).size();
    }

    private StoredMessage foreign(TopicPartition partition, ConsumerRecord<?, ?> bytes) {
        long place = place(partition, bytes.offset());
        Headers headers = headers(bytes);
        Object value = bytes.value();
        return foreign(
                partition,
                place,
                new Message(
                        partition + "@" + place,
                        key(bytes),
                        type(value, headers),
                        headers,
                        // Bytes are told by what they read: else the same record would look different in each run.
                        value == null ? Tombstone.INSTANCE : value instanceof byte[] ? text(value) : value));
    }

    private static StoredMessage foreign(TopicPartition partition, long place, Message message) {
        Label label = new Label(partition.topic(), 0, (int) place + 1);
        return new StoredMessage(
                message, label, partition.partition(), place, Long.MAX_VALUE, StoredMessage.Kind.ORIGINAL);
    }

    /** Returns what lies at an offset, as far as one can say without reading it. */
    synchronized StoredMessage at(TopicPartition partition, long offset) {
        StoredMessage sent = wire.at(partition, offset);
        if (sent != null) {
            return sent;
        }
        long place = place(partition, offset);
        return foreign(
                partition, place, new Message(partition + "@" + place, null, RECORD, Headers.none(), Unread.INSTANCE));
    }

    /** Says whether a partition is one that this run knows. */
    boolean isOfRun(TopicPartition partition) {
        return from.containsKey(partition);
    }

    /**
     * Says whether the run itself has published a record, and so knows what was sent.
     *
     * @param bytes the record
     * @return whether it did
     */
    boolean isOurs(ConsumerRecord<?, ?> bytes) {
        return isOurs(new TopicPartition(bytes.topic(), bytes.partition()), bytes.offset());
    }

    /** Says the same of what lies at an offset. */
    boolean isOurs(TopicPartition partition, long offset) {
        return wire.at(partition, offset) != null;
    }

    /**
     * Says up to where a consumer may read. It would have to ask behind its own fetch, which the broker answers when something comes.
     *
     * @param partitions the partitions that it reads
     * @param isolation what of transactions it reads
     * @return the end of each
     */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        return ends.of(partitions, isolation);
    }

    /**
     * Waits until records of a transaction that has ended are visible to whoever reads what is committed only. The broker lets them be some moments
     * after it has answered, so that how many records a poll holds would be a matter of chance.
     *
     * @param written where they lie
     * @param patience how long another transaction may hide them
     */
    public void awaitVisible(Collection<RecordMetadata> written, Duration patience) {
        Map<TopicPartition, Long> last = new HashMap<>(1);
        written.forEach(record ->
                last.merge(new TopicPartition(record.topic(), record.partition()), record.offset(), Math::max));
        long begun = System.nanoTime();
        while (!last.isEmpty() && System.nanoTime() - begun < patience.toNanos()) {
            ends.of(last.keySet(), IsolationLevel.READ_COMMITTED)
                    .forEach((partition, end) ->
                            last.computeIfPresent(partition, (any, offset) -> end > offset ? null : offset));
        }
    }

    /**
     * Publishes what the test and the services of the scenario have sent to a topic so far; to be called before the application sends to
     * it, so that records lie in the order in which they were written.
     *
     * @param topic the topic's name
     */
    public void publishBefore(String topic) {
        before.accept(topic);
    }

    /**
     * Returns what a record is in its run that a service has sent by a producer of its own.
     *
     * @param record what was sent
     * @param where where it was written
     * @return the message at its position, or empty if the run does not know the topic, or nobody knows the position
     */
    public synchronized Optional<StoredMessage> sent(ProducerRecord<?, ?> record, RecordMetadata where) {
        TopicPartition partition = new TopicPartition(where.topic(), where.partition());
        if (!where.hasOffset() || !from.containsKey(partition)) {
            return Optional.empty();
        }
        ConsumerRecord<?, ?> read =
                new ConsumerRecord<>(where.topic(), where.partition(), where.offset(), record.key(), record.value());
        record.headers().forEach(read.headers()::add);
        StoredMessage stored = stored(read);
        written.computeIfAbsent(partition, any -> new HashMap<>()).put(where.offset(), stored);
        return Optional.of(stored);
    }

    /**
     * Describes a record that the application is about to send.
     *
     * @param record the record
     * @return the message that it is
     */
    public Message message(ProducerRecord<?, ?> record) {
        Object value = record.value();
        Headers headers = headers(record.headers());
        Object key = record.key();
        return new Message(
                record.topic(),
                key == null ? null : text(key),
                type(value, headers),
                headers,
                value == null ? Tombstone.INSTANCE : value);
    }

    /**
     * Sends a record in the place of one that the application sends, in a form that its own producer cannot write.
     *
     * @param record the record, whose partition is that of its key if none is named
     * @param callback what the application wants to be called back by, or null
     * @return where it has come to lie
     */
    public Future<RecordMetadata> sendInstead(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        return wire.send(record, callback);
    }

    static @Nullable String key(ConsumerRecord<?, ?> bytes) {
        Object key = bytes.key();
        return key == null ? null : text(key);
    }

    static Headers headers(ConsumerRecord<?, ?> bytes) {
        return headers(bytes.headers());
    }

    private static Headers headers(Iterable<Header> all) {
        Map<String, String> values = new LinkedHashMap<>();
        all.forEach(header -> {
            byte[] value = header.value();
            values.put(header.key(), value == null ? "" : text(value));
        });
        return Headers.of(values);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    private static String type(@Nullable Object value, Headers headers) {
        if (value == null) {
            return Tombstone.class.getSimpleName();
        }
        if (value instanceof byte[] || value instanceof String) {
            String named = headers.get(TYPE);
            return named == null
                    ? RECORD
                    : named.substring(Math.max(named.lastIndexOf('.'), named.lastIndexOf('$')) + 1);
        }
        return value.getClass().getSimpleName();
    }
}
