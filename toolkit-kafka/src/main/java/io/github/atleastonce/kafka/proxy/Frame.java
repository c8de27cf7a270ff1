package io.github.atleastonce.kafka.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message with its length before it, as it goes over the wire. */
record Frame(byte[] bytes) {

    /** Larger than brokers take by default: what is larger is no message. */
    private static final int LARGEST = 128 << 20;

    /** Up to this size room is made because a length says so, and not because the bytes have come. */
    private static final int TRUSTED = 1 << 20;

    private static final int PREFIX = 4;

    /** Takes the next frame, or null where the stream ends. */
    static @Nullable Frame read(DataInputStream in) throws IOException {
        int size;
        try {
            size = in.readInt();
        } catch (EOFException end) {
            return null;
        }
        if (size < PREFIX || size > LARGEST) {
            throw new MalformedMessageException("A message says that it has " + size + " bytes.");
        }
        byte[] bytes = new byte[PREFIX + Math.min(size, TRUSTED)];
        ByteBuffer.wrap(bytes).putInt(size);
        int read = PREFIX;
        try {
            while (true) {
                in.readFully(bytes, read, bytes.length - read);
                read = bytes.length;
                if (read == PREFIX + size) {
                    return new Frame(bytes);
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(PREFIX + (long) size, 2L * read));
            }
        } catch (EOFException end) {
            return null;
        }
    }

    /** Puts the length before a message. */
    static Frame of(byte[] body) {
        byte[] bytes = new byte[PREFIX + body.length];
        ByteBuffer.wrap(bytes).putInt(body.length).put(body);
        return new Frame(bytes);
    }

    /** Returns the message without its length. */
    ByteBuffer body() {
        return ByteBuffer.wrap(bytes, PREFIX, bytes.length - PREFIX).slice();
    }
}
