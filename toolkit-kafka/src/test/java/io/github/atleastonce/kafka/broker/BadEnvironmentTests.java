package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.schedule.Bounds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded broker where something is wrong says what, and never takes the JVM of the tests along. */
class BadEnvironmentTests {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void saysThatItsPortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BrokerSettings settings = settings(other.getLocalPort());

            assertThatExceptionOfType(BrokerUnavailableException.class)
                    .isThrownBy(() -> EmbeddedKafka.start(settings))
                    .withMessage(
                            "The embedded broker did not start: port %d on 127.0.0.1 is taken by another process.",
                            other.getLocalPort());
        }
    }

    @Test
    void usesThePortItIsGiven() {
        int port = LoopbackPorts.pick(0).broker();

        try (EmbeddedKafka kafka = EmbeddedKafka.start(settings(port))) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
        }
    }

    @Test
    void saysThatItsPortWasTakenWhileItWasAwayAndComesBackOnceItIsFree() throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            int port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
            kafka.stop();

            try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                assertThatExceptionOfType(BrokerUnavailableException.class)
                        .isThrownBy(kafka::restart)
                        .withMessage(
                                "The embedded broker did not start: port %d on 127.0.0.1 is taken by another process.",
                                other.getLocalPort());
            }

            kafka.restart();
            kafka.createTopics(Map.of("orders", 1));
        }
    }

    @Test
    void anInterruptOfTheTestDoesNotReachTheBroker() {
        Thread.currentThread().interrupt();
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            assertThat(Thread.interrupted()).isTrue();

            kafka.createTopics(Map.of("orders", 1));
            assertThat(kafka.isRunning()).isTrue();
        }
    }

    @Test
    void aBrokerWithoutItsControllersPortGivesUpAlone() throws Exception {
        LoopbackPorts ports = LoopbackPorts.pick(0);
        try (DataDirectory directory = DataDirectory.create();
                ServerSocket other = new ServerSocket(ports.controller(), 1, InetAddress.getByName("127.0.0.1"))) {
            KraftServer server = KraftServer.booting(ports, directory.logs());

            assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> server.awaitBoot(PATIENCE));

            assertThat(server.hasGivenUp()).isTrue();
            assertThat(other.isClosed()).isFalse();
            server.stop(PATIENCE);
            OwnThreads.awaitNone();
        }
    }

    @Test
    void aBrokerThatLosesItsFilesGivesUpAlone() throws Exception {
        LoopbackPorts ports = LoopbackPorts.pick(0);
        DataDirectory directory = DataDirectory.create();
        KraftServer server = KraftServer.booting(ports, directory.logs());
        server.awaitBoot(PATIENCE);
        assertThat(server.hasGivenUp()).isFalse();

        directory.close();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KraftConfiguration.bootstrapServers(ports)))) {
            admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1)));
            await().atMost(PATIENCE).until(server::hasGivenUp);
        }
        server.stop(PATIENCE);
        OwnThreads.awaitNone();
        directory.close(); // again, for what the broker wrote after all
    }

    @Test
    void aBootHasABound() {
        BrokerSettings hurried = settings(0, Duration.ofNanos(1));

        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> EmbeddedKafka.start(hurried))
                .withMessage(
                        "The embedded broker did not start: it was not ready within 0 ms (atleastonce.kafka.startTimeout).");
        OwnThreads.awaitNone();
    }

    @Test
    void wantsAWritableDirectory(@TempDir Path parent) {
        Path missing = parent.resolve("missing");

        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> DataDirectory.createIn(List.of(missing)))
                .withMessage("The embedded broker wants a writable directory with 512 MiB of room, but none of ["
                        + missing + "] is one: set -Djava.io.tmpdir.");
    }

    private static BrokerSettings settings(int port) {
        return settings(port, PATIENCE);
    }

    private static BrokerSettings settings(int port, Duration startTimeout) {
        return new BrokerSettings(
                BrokerProvider.EMBEDDED,
                Optional.empty(),
                Optional.empty(),
                port,
                startTimeout,
                Path.of("nowhere"),
                PATIENCE,
                Bounds.DEFAULT);
    }
}
