package io.github.atleastonce.kafka.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/** Answers each request with bytes that a test makes, where a real broker would not say the like. */
final class ScriptedBroker implements AutoCloseable {

    private final ServerSocket port;
    private final UnaryOperator<ByteBuffer> script;

    ScriptedBroker(UnaryOperator<ByteBuffer> script) throws IOException {
        this.port = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.script = script;
        start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + port.getLocalPort();
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                Socket client = port.accept();
                start(() -> serve(client));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
                ByteBuffer answer = script.apply(frame.body());
                byte[] bytes = new byte[answer.remaining()];
                answer.get(bytes);
                if (bytes.length > 0) {
                    client.getOutputStream().write(Frame.of(bytes).bytes());
                }
            }
        } catch (IOException | MalformedMessageException over) {
            return;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-broker");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
