package io.github.atleastonce.kafka;

import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the records of partitions end. What ends a transaction is a marker, which has an offset and is no record, and most consumers never
 * commit past it. Records of a transaction that was aborted are none for a consumer that reads what is committed only, and which one does so
 * cannot be asked: one that stays before them for long is taken for such.
 *
 * <p>To read partitions is dearer than to ask for the ends of their logs, so it is done only where consumers stay behind.
 */
final class RecordEnds {

    /** Longer than most handlers take, and shorter than anybody notices. */
    private static final long PAUSE = Duration.ofMillis(25).toNanos();

    /** A poll returns when there is something. */
    private static final Duration POLL = Duration.ofMillis(20);

    private final Clients clients;
    private final Map<IsolationLevel, Map<TopicPartition, Scan>> scans = new HashMap<>();
    private Map<String, Map<TopicPartition, Long>> committed = Map.of();
    private Map<TopicPartition, Long> logs = Map.of();
    private long since;
    private boolean atOnce;

    /**
     * How far a partition has been read.
     *
     * @param to the offset up to which it has been read
     * @param end the offset after its last record, if any, else where reading began
     */
    private record Scan(long to, long end) {}

    RecordEnds(Clients clients) {
        this.clients = clients;
    }

    /**
     * Looks where the records end of partitions that some group stays behind of.
     *
     * @param present how far each group has come
     * @param from where partitions begin to be of interest
     * @param ends where their logs end
     * @param bounds how long a group may stay before records that were taken back
     * @return where their records end: as their logs while groups move, or transactions are open
     */
    Map<TopicPartition, Long> ends(
            Map<String, Map<TopicPartition, Long>> present,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends,
            Bounds bounds) {
        if (!present.equals(committed) || !ends.equals(logs)) {
            committed = Map.copyOf(present);
            logs = Map.copyOf(ends);
            since = System.nanoTime();
        }
        long waited = System.nanoTime() - since;
        if (waited < PAUSE && !atOnce) {
            return ends;
        }
        atOnce = false;
        boolean patient = waited < bounds.arrivalTimeout().toNanos();
        IsolationLevel isolation = patient ? IsolationLevel.READ_UNCOMMITTED : IsolationLevel.READ_COMMITTED;
        Map<TopicPartition, Long> records = new HashMap<>(ends);
        behind(present, ends).forEach(partition -> {
            long begin = from.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, begin);
            Scan scan = scan(isolation, partition, begin, end, bounds);
            if (scan.to() >= end) {
                records.put(partition, Math.max(begin, scan.end()));
            }
        });
        return records;
    }

    /** Lets partitions be read the next time, however short groups have been where they are. */
    void readAtOnce() {
        atOnce = true;
    }

    /**
     * Counts the records between two offsets, whoever may read them.
     *
     * @param bounds how long it may take to read them
     */
    long count(TopicPartition partition, long begin, long end, Bounds bounds) {
        if (end <= begin) {
            return 0;
        }
        long[] records = {0};
        long to = read(
                clients.reader(IsolationLevel.READ_UNCOMMITTED), partition, begin, end, bounds, any -> records[0]++);
        return to < end ? end - begin : records[0];
    }

    private static Set<TopicPartition> behind(
            Map<String, Map<TopicPartition, Long>> present, Map<TopicPartition, Long> ends) {
        return present.values().stream()
                .flatMap(positions -> positions.entrySet().stream())
                .filter(position -> position.getValue() < ends.getOrDefault(position.getKey(), 0L))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Scan scan(IsolationLevel isolation, TopicPartition partition, long begin, long end, Bounds bounds) {
        Map<TopicPartition, Scan> known = scans.computeIfAbsent(isolation, none -> new HashMap<>());
        Scan before = known.get(partition);
        Scan scan = before != null && before.to() >= begin && before.to() <= end ? before : new Scan(begin, begin);
        if (scan.to() < end) {
            scan = read(isolation, partition, scan, end, bounds);
            known.put(partition, scan);
        }
        return scan;
    }

    private Scan read(IsolationLevel isolation, TopicPartition partition, Scan known, long end, Bounds bounds) {
        Consumer<byte[], byte[]> reader = clients.reader(isolation);
        // Before a transaction that is open there is nothing to wait for.
        long readable = isolation == IsolationLevel.READ_COMMITTED
                ? Math.min(end, reader.endOffsets(List.of(partition)).getOrDefault(partition, end))
                : end;
        long[] last = {known.end()};
        long to = read(reader, partition, known.to(), readable, bounds, offset -> last[0] = offset + 1);
        return new Scan(to, last[0]);
    }

    /** Reads what lies between two offsets; returns how far it has come, which is less only if the broker takes too long. */
    private static long read(
            Consumer<byte[], byte[]> reader,
            TopicPartition partition,
            long begin,
            long end,
            Bounds bounds,
            LongConsumer offsets) {
        reader.assign(List.of(partition));
        reader.seek(partition, begin);
        long started = System.nanoTime();
        while (reader.position(partition) < end
                && System.nanoTime() - started < bounds.brokerTimeout().toNanos()) {
            for (ConsumerRecord<byte[], byte[]> next : reader.poll(POLL)) {
                if (next.offset() < end) {
                    offsets.accept(next.offset());
                }
            }
        }
        return Math.min(end, reader.position(partition));
    }
}
