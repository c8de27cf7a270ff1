package io.github.atleastonce.kafka.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Is the JVM of a broker that outlives the tests: runs it, does what they tell it, and ends when nobody has used it for long. */
final class BrokerProcess {

    private static final int LOOK_MILLIS = 1_000;

    private final EmbeddedKafka broker;
    private final ServerSocket control;
    private final BrokerAddress address;
    private final Path slot;
    private final Duration idle;
    private final ClassArchive archive;

    private BrokerProcess(EmbeddedKafka broker, ServerSocket control, Path slot, Duration idle, ClassArchive archive) {
        this.broker = broker;
        this.control = control;
        this.slot = slot;
        this.idle = idle;
        this.archive = archive;
        this.address = new BrokerAddress(
                broker.bootstrapServers(),
                control.getLocalPort(),
                UUID.randomUUID().toString());
    }

    /**
     * Runs a broker.
     *
     * @param arguments the directory of its slot, after how many milliseconds without a user it ends, and where the archive of its classes is
     */
    public static void main(String[] arguments) throws IOException {
        Path slot = Path.of(arguments[0]);
        Duration idle = Duration.ofMillis(Long.parseLong(arguments[1]));
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                ServerSocket control = new ServerSocket(0, 8, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            control.setSoTimeout(LOOK_MILLIS);
            new BrokerProcess(broker, control, slot, idle, new ClassArchive(Path.of(arguments[2]))).serve();
        }
        System.exit(0); // Kafka's threads would keep it.
    }

    private void serve() throws IOException {
        address.writeTo(slot);
        Optional<BrokerSlot> idleSlot = Optional.empty();
        for (boolean ended = false; !ended && idleSlot.isEmpty(); ) {
            try (Socket caller = control.accept()) {
                caller.setSoTimeout(LOOK_MILLIS);
                ended = heard(caller);
            } catch (SocketTimeoutException nobody) {
                idleSlot = BrokerSlot.takeIdle(slot, idle);
            } catch (IOException goneAgain) {
                continue;
            }
        }
        if (idleSlot.isPresent()) {
            BrokerAddress.forget(slot);
        }
    }

    /** Does what a caller says, and says whether that was to end. */
    private boolean heard(Socket caller) throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8)).readLine();
        String greeting = address.secret() + " ";
        if (line == null || !line.startsWith(greeting)) {
            return false;
        }
        String what = line.substring(greeting.length());
        String answer = BrokerAddress.DONE;
        if (what.equals(BrokerAddress.RESTART)) {
            try {
                broker.restart();
            } catch (BrokerUnavailableException failure) {
                answer = String.valueOf(failure.getMessage());
            }
        }
        if (what.equals(BrokerAddress.END)) {
            BrokerAddress.forget(slot); // Whoever has the answer may write down that of the next broker.
        }
        caller.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        if (what.equals(BrokerAddress.REST)) {
            archive.write();
        }
        return what.equals(BrokerAddress.END);
    }
}
