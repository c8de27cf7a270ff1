package io.github.atleastonce.kafka.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sends bytes, and tells what comes back. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;

    RawClient(String address) throws IOException {
        Upstream server = Upstream.parse(address).get(0);
        socket = new Socket(server.host(), server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    void send(byte[] message) throws IOException {
        socket.getOutputStream().write(Frame.of(message).bytes());
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends no more. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Returns the next answer, or null if the connection is closed. */
    @Nullable
    ByteBuffer answer() throws IOException {
        try {
            Frame frame = Frame.read(in);
            return frame == null ? null : frame.body();
        } catch (java.net.SocketException closed) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
