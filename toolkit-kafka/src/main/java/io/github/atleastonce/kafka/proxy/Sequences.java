package io.github.atleastonce.kafka.proxy;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The numbers that idempotent producers give their records. Where the broker was never shown some of them it would take the next ones for a gap, so
 * these are numbered as if the others had never been; a batch that is sent again gets the same number as before. A producer begins anew with another
 * epoch. Safe for use by several threads.
 */
final class Sequences {

    private final Map<Stream, NavigableMap<Integer, Integer>> lost = new ConcurrentHashMap<>(2);

    private record Stream(long producer, short epoch, String topic, int partition) {

        static Stream of(Append append, ByteBuffer records) {
            return new Stream(Batches.producer(records), Batches.epoch(records), append.topic(), append.partition());
        }
    }

    /** Takes note of a batch that the broker is not shown. */
    void lose(Append append, ByteBuffer records) {
        if (Batches.producer(records) >= 0) {
            lost.computeIfAbsent(Stream.of(append, records), none -> new ConcurrentSkipListMap<>())
                    .put(Batches.sequence(records), Batches.count(records));
        }
    }

    boolean isEmpty() {
        return lost.isEmpty();
    }

    /** Says whether a batch is one that the broker is not shown, and is sent again. */
    boolean isLost(Append append, ByteBuffer records) {
        NavigableMap<Integer, Integer> stream = lost.get(Stream.of(append, records));
        return stream != null && stream.containsKey(Batches.sequence(records));
    }

    /** Returns a batch with the number that the broker expects; the same if that is the one that it has. */
    ByteBuffer renumbered(Append append, ByteBuffer records) {
        NavigableMap<Integer, Integer> stream = lost.get(Stream.of(append, records));
        if (stream == null) {
            return records;
        }
        int sequence = Batches.sequence(records);
        int missing = stream.headMap(sequence).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return missing == 0 ? records : Batches.numbered(records, sequence - missing);
    }
}
