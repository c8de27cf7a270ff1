package io.github.atleastonce.process;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message of PostgreSQL's protocol, version 3.
 *
 * @param type its letter, 0 for the first ones of a connection, which have none
 * @param body what follows its length
 */
record PostgreSqlMessage(char type, byte[] body) {

    /** What asks for encryption, or for the end of another connection's query, comes in the place of the first message. */
    static final int CANCEL = 80_877_102;

    static final int SSL = 80_877_103;
    static final int GSS = 80_877_104;

    private static final int LENGTH = 4;
    private static final int LONGEST_START = 10_000;

    /** Reads a message with a letter, or returns null at the end. */
    static @Nullable PostgreSqlMessage read(DataInputStream in) throws IOException {
        int type = in.read();
        return type < 0 ? null : new PostgreSqlMessage((char) type, body(in, Integer.MAX_VALUE));
    }

    /** Reads the first message of a connection, or returns null at the end. */
    static @Nullable PostgreSqlMessage readStart(DataInputStream in) throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return null;
        }
        in.reset();
        return new PostgreSqlMessage('\0', body(in, LONGEST_START));
    }

    /** Takes as much memory as has come, whatever the length says. */
    private static byte[] body(DataInputStream in, int most) throws IOException {
        int length = in.readInt() - LENGTH;
        if (length < 0 || length > most) {
            throw new IOException("A message with an impossible length.");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return body;
    }

    static PostgreSqlMessage cancel(byte[] key) {
        ByteBuffer body = ByteBuffer.allocate(LENGTH + key.length);
        return new PostgreSqlMessage('\0', body.putInt(CANCEL).put(key).array());
    }

    byte[] bytes() {
        boolean named = type != '\0';
        ByteBuffer all = ByteBuffer.allocate((named ? 1 : 0) + LENGTH + body.length);
        if (named) {
            all.put((byte) type);
        }
        return all.putInt(LENGTH + body.length).put(body).array();
    }

    /** Returns the number that a first message begins with. */
    int code() {
        return body.length < LENGTH ? 0 : ByteBuffer.wrap(body).getInt();
    }

    /** Returns the text that is the n-th in the body, which begins with texts. */
    String text(int n) {
        int from = 0;
        for (int i = 0; i < n; i++) {
            from = end(from) + 1;
        }
        int to = end(Math.min(from, body.length));
        return from >= to ? "" : new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    /** Returns the letter that the body begins with. */
    char letter() {
        return body.length == 0 ? '\0' : (char) body[0];
    }

    private int end(int from) {
        int at = from;
        while (at < body.length && body[at] != 0) {
            at++;
        }
        return at;
    }
}
