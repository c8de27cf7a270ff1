package io.github.atleastonce.kafka.proxy;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads the headers of record batches, version 2, of which a request holds one or several for a partition. The records stay as they are, compressed or not. */
final class Batches {

    private static final int LENGTH = 8;
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int BASE_SEQUENCE = 53;
    private static final int COUNT = 57;
    private static final int HEADER = 61;
    private static final int LENGTH_ENDS = 12;
    private static final int TRANSACTIONAL = 1 << 4;

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
        return (records.getShort(ATTRIBUTES) & TRANSACTIONAL) != 0;
    }

    /** Returns batches that no producer has numbered, so that the broker takes them for new. */
    static ByteBuffer unnumbered(ByteBuffer records) {
        ByteBuffer copy = ByteBuffer.allocate(records.limit());
        copy.put(records.duplicate().rewind()).flip();
        for (int at = 0; at < copy.limit(); at += size(copy, at)) {
            copy.putLong(at + PRODUCER_ID, -1)
                    .putShort(at + PRODUCER_EPOCH, (short) -1)
                    .putInt(at + BASE_SEQUENCE, -1);
            CRC32C crc = new CRC32C();
            crc.update(copy.slice(at + ATTRIBUTES, size(copy, at) - ATTRIBUTES));
            copy.putInt(at + CRC, (int) crc.getValue());
        }
        return copy;
    }

    /** Whatever the length says, no more than there is, and something. */
    private static int size(ByteBuffer records, int at) {
        int rest = records.limit() - at;
        int size = rest < LENGTH_ENDS ? rest : records.getInt(at + LENGTH) + LENGTH_ENDS;
        return size < LENGTH_ENDS || size > rest ? rest : size;
    }
}
