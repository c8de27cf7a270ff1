package io.github.atleastonce.kafka.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a broker in a JVM of its own is found, as it has written that down.
 *
 * @param bootstrapServers where clients find it
 * @param port where it is told what to do
 * @param secret what those have to know who tell it
 */
record BrokerAddress(String bootstrapServers, int port, String secret) {

    static final String ANSWER = "answer";
    static final String RESTART = "restart";
    static final String REST = "rest";
    static final String END = "end";
    static final String DONE = "done";

    private static final int CONNECT_MILLIS = 1_000;
    private static final String FILE = "address";

    /** Reads what a broker has written down, if it has. */
    static Optional<BrokerAddress> in(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            read.load(in);
        }
        return Optional.of(new BrokerAddress(
                read.getProperty("bootstrap.servers", ""),
                Integer.parseInt(read.getProperty("port", "0")),
                read.getProperty("secret", "")));
    }

    /** Writes this down, all at once. */
    void writeTo(Path directory) throws IOException {
        Properties written = new Properties();
        written.setProperty("bootstrap.servers", bootstrapServers);
        written.setProperty("port", Integer.toString(port));
        written.setProperty("secret", secret);
        Path draft = directory.resolve(FILE + ".draft");
        try (OutputStream out = Files.newOutputStream(draft)) {
            written.store(out, null);
        }
        Files.move(draft, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    static void forget(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }

    /**
     * Tells the broker to do something, and returns when it is done.
     *
     * @throws IOException if nobody is there, or it does not answer in time
     * @throws BrokerUnavailableException if it could not do it
     */
    void tell(String what, Duration timeout) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), CONNECT_MILLIS);
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, timeout.toMillis()));
            socket.getOutputStream().write((secret + " " + what + "\n").getBytes(StandardCharsets.UTF_8));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (answer == null) {
                throw new IOException("Whoever listens on port " + port + " is not the broker that did.");
            }
            if (!answer.equals(DONE)) {
                throw new BrokerUnavailableException(
                        "The broker at " + bootstrapServers + " did not " + what + ": " + answer);
            }
        }
    }
}
