package io.github.atleastonce.kafka.proxy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Reads the headers of record batches, version 2, of which a request holds one or several for a partition. The records stay as they are, compressed or not. */
final class Batches {

    private static final int LENGTH = 8;
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int LAST = 23;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int BASE_SEQUENCE = 53;
    private static final int COUNT = 57;
    private static final int HEADER = 61;
    private static final int LENGTH_ENDS = 12;
    private static final int TRANSACTIONAL = 1 << 4;
    private static final int CONTROL = 1 << 5;

    private Batches() {}

    /** Says whether batches can be read here: those of old clients have another form. */
    static boolean areReadable(ByteBuffer records) {
        for (int at = 0; at < records.limit(); at += size(records, at)) {
            if (records.limit() - at < HEADER || records.get(at + MAGIC) != 2 || size(records, at) < HEADER) {
                return false;
            }
        }
        return records.limit() > 0;
    }

    static int count(ByteBuffer records) {
        int count = 0;
        for (int at = 0; at < records.limit(); at += size(records, at)) {
            count += records.getInt(at + COUNT);
        }
        return count;
    }

    static boolean isTransactional(ByteBuffer records) {
        return isTransactional(records, 0);
    }

    private static boolean isTransactional(ByteBuffer records, int at) {
        return (records.getShort(at + ATTRIBUTES) & TRANSACTIONAL) != 0;
    }

    /**
     * Returns where the first batch lies among several that a consumer is given records of: neither does one end a transaction, nor does it belong to
     * one that was aborted.
     *
     * @param aborted the first offsets of transactions that were aborted, with their producers
     * @return its place, or -1 if there is none
     */
    static int firstRead(ByteBuffer records, List<Struct> aborted) {
        Map<Long, Long> ended = new HashMap<>(2);
        for (int at = 0; at < records.limit(); at += size(records, at)) {
            long producer = records.getLong(at + PRODUCER_ID);
            if (isControl(records, at)) {
                ended.put(producer, begin(records, at));
            } else if (!isTransactional(records, at)
                    || !isAborted(aborted, producer, ended.getOrDefault(producer, -1L), begin(records, at))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAborted(List<Struct> aborted, long producer, long after, long offset) {
        return aborted.stream()
                .filter(transaction -> transaction.longNumber("producerId") == producer)
                .mapToLong(transaction -> transaction.longNumber("firstOffset"))
                .anyMatch(first -> first > after && first <= offset);
    }

    /** Returns the batches up to one of them. */
    static ByteBuffer upTo(ByteBuffer records, int at) {
        return records.slice(0, at + size(records, at));
    }

    /** Returns the batches that begin before an offset. */
    static ByteBuffer before(ByteBuffer records, long offset) {
        if (offset == Long.MAX_VALUE) {
            return records;
        }
        int at = 0;
        while (at < records.limit() && records.limit() - at >= LENGTH && begin(records, at) < offset) {
            at += size(records, at);
        }
        return at == records.limit() ? records : records.slice(0, at);
    }

    /** Returns the offset of the first record that is left out of a part, if one can say. */
    static OptionalLong nextAfter(ByteBuffer part, ByteBuffer records) {
        int at = part.limit();
        return records.limit() - at < LENGTH ? OptionalLong.empty() : OptionalLong.of(begin(records, at));
    }

    /** Returns the offset of the first record of a batch. */
    static long begin(ByteBuffer records, int at) {
        return records.getLong(at);
    }

    /** Returns the offset after the last record of a batch. */
    static long end(ByteBuffer records, int at) {
        return records.getLong(at) + records.getInt(at + LAST) + 1;
    }

    /** Says whether a batch is a marker that ends a transaction. */
    private static boolean isControl(ByteBuffer records, int at) {
        return (records.getShort(at + ATTRIBUTES) & CONTROL) != 0;
    }

    /** Returns batches that no producer has numbered, so that the broker takes them for new. */
    static ByteBuffer unnumbered(ByteBuffer records) {
        ByteBuffer copy = copy(records);
        for (int at = 0; at < copy.limit(); at += size(copy, at)) {
            copy.putLong(at + PRODUCER_ID, -1)
                    .putShort(at + PRODUCER_EPOCH, (short) -1)
                    .putInt(at + BASE_SEQUENCE, -1);
            seal(copy, at);
        }
        return copy;
    }

    /** Returns a batch with another number. */
    static ByteBuffer numbered(ByteBuffer records, int sequence) {
        ByteBuffer copy = copy(records);
        copy.putInt(BASE_SEQUENCE, sequence);
        seal(copy, 0);
        return copy;
    }

    private static ByteBuffer copy(ByteBuffer records) {
        ByteBuffer copy = ByteBuffer.allocate(records.limit());
        return copy.put(records.duplicate().rewind()).flip();
    }

    private static void seal(ByteBuffer records, int at) {
        CRC32C crc = new CRC32C();
        crc.update(records.slice(at + ATTRIBUTES, size(records, at) - ATTRIBUTES));
        records.putInt(at + CRC, (int) crc.getValue());
    }

    /** Returns the id of the producer, negative if it gives its records no numbers. */
    static long producer(ByteBuffer records) {
        return records.getLong(PRODUCER_ID);
    }

    static short epoch(ByteBuffer records) {
        return records.getShort(PRODUCER_EPOCH);
    }

    /** Returns the number of the first record. */
    static int sequence(ByteBuffer records) {
        return records.getInt(BASE_SEQUENCE);
    }

    /** Whatever the length says, no more than there is, and something. */
    private static int size(ByteBuffer records, int at) {
        int rest = records.limit() - at;
        int size = rest < LENGTH_ENDS ? rest : records.getInt(at + LENGTH) + LENGTH_ENDS;
        return size < LENGTH_ENDS || size > rest ? rest : size;
    }
}
