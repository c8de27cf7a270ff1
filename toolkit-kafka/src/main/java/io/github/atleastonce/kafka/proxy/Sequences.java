package io.github.atleastonce.kafka.proxy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The numbers that idempotent producers give their records. Where the broker was never shown some of them it would take the next ones for a gap, so
 * these are numbered as if the others had never been; a batch that is sent again gets the same number as before. A producer begins anew with another
 * epoch. Safe for use by several threads.
 */
final class Sequences {

    private final Map<Stream, NavigableMap<Integer, Integer>> lost = new HashMap<>(2);
    private final Map<Stream, Integer> shown = new HashMap<>(2);

    private record Stream(long producer, short epoch, TopicPartition partition) {

        static Stream of(TopicPartition partition, ByteBuffer records) {
            return new Stream(Batches.producer(records), Batches.epoch(records), partition);
        }

        static Stream of(Append append, ByteBuffer records) {
            return of(append.topicPartition(), records);
        }

        boolean isNumbered() {
            return producer >= 0;
        }
    }

    /** Keeps a batch from the broker, unless that has been shown it before; says whether it does. */
    synchronized boolean lose(Append append, ByteBuffer records) {
        Stream stream = Stream.of(append, records);
        if (!stream.isNumbered()) {
            return true;
        }
        if (wasShown(append.topicPartition(), records)) {
            return false;
        }
        lost.computeIfAbsent(stream, none -> new TreeMap<>()).put(Batches.sequence(records), Batches.count(records));
        return true;
    }

    synchronized boolean haveGaps() {
        return !lost.isEmpty();
    }

    /** Says whether a batch is one that was kept from the broker, and is sent again. */
    synchronized boolean isLost(Append append, ByteBuffer records) {
        NavigableMap<Integer, Integer> stream = lost.get(Stream.of(append, records));
        return stream != null && stream.containsKey(Batches.sequence(records));
    }

    /** Says whether the broker was shown a batch before: a producer sends its batches in their order, and only those again of which it has not heard. */
    synchronized boolean wasShown(TopicPartition partition, ByteBuffer records) {
        Stream stream = Stream.of(partition, records);
        return stream.isNumbered() && Batches.sequence(records) <= shown.getOrDefault(stream, -1);
    }

    /** Returns a batch with the number that the broker expects, to be shown to it; the same if that is the one that it has. */
    synchronized ByteBuffer shown(Append append, ByteBuffer records) {
        Stream stream = Stream.of(append, records);
        if (!stream.isNumbered()) {
            return records;
        }
        int sequence = Batches.sequence(records);
        shown.merge(stream, sequence, Math::max);
        NavigableMap<Integer, Integer> missing = lost.get(stream);
        int less = missing == null
                ? 0
                : missing.headMap(sequence).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
        return less == 0 ? records : Batches.numbered(records, sequence - less);
    }
}
