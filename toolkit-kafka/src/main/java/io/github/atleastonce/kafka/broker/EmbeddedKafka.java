package io.github.atleastonce.kafka.broker;

import io.github.atleastonce.schedule.Bound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka node in this JVM, broker and controller at once, on loopback. Several can live beside each other. It can be stopped,
 * killed and started again: address and records stay.
 *
 * <p>Close it; a JVM that exits without that ends it too, and deletes its files. Its threads keep a JVM alive that merely runs out of
 * work. Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class EmbeddedKafka implements Broker {

    private static final int START_ATTEMPTS = 3;

    private final LoopbackPorts ports;
    private final DataDirectory directory;
    private final BrokerSettings settings;
    private final TopicProvisioning topics;
    private final ExitHook atExit;
    private @Nullable KraftServer server;
    private boolean stopping;
    private boolean closed;

    private EmbeddedKafka(LoopbackPorts ports, BrokerSettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.directory = DataDirectory.create();
        this.server = KraftServer.booting(ports, directory.logs());
        this.topics = TopicProvisioning.at(bootstrapServers(), settings.bounds());
        this.atExit = new ExitHook(this::close);
    }

    /**
     * Starts a node on free ports, and returns once clients can use it.
     *
     * @return the running node
     * @throws BrokerUnavailableException if this environment does not let it run: no free port, no writable directory, or
     *     Kafka's server is missing on the class path
     */
    public static EmbeddedKafka start() {
        return start(BrokerSettings.DEFAULT);
    }

    static EmbeddedKafka start(BrokerSettings settings) {
        Presence.ofEmbeddedKafka(EmbeddedKafka.class.getClassLoader());
        BrokerLogs.quieten();
        for (int attempt = 1; ; attempt++) {
            LoopbackPorts ports = LoopbackPorts.pick(settings.port());
            BootFailure.unlessFree(ports);
            EmbeddedKafka kafka = new EmbeddedKafka(ports, settings);
            try {
                kafka.awaitBoot();
                return kafka;
            } catch (BrokerUnavailableException failure) {
                closeAfter(failure, kafka);
                // A port that was free when it was chosen may be taken when it is used.
                if (settings.port() != 0 || ports.taken().isEmpty() || attempt == START_ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private static void closeAfter(BrokerUnavailableException failure, EmbeddedKafka kafka) {
        try {
            kafka.close();
        } catch (BrokerUnavailableException again) {
            failure.addSuppressed(again);
        }
    }

    @Override
    public String bootstrapServers() {
        return KraftConfiguration.bootstrapServers(ports);
    }

    @Override
    public void createTopics(Map<String, Integer> partitions) {
        mustRun();
        topics.create(partitions);
    }

    @Override
    public void deleteTopics(Collection<String> names) {
        mustRun();
        topics.delete(names);
    }

    /**
     * Says whether the node is up.
     *
     * @return false while it is stopped, or did not stop in time, once it is closed, and if Kafka has given it up by itself
     */
    public synchronized boolean isRunning() {
        return server != null && !stopping && !server.hasGivenUp();
    }

    /**
     * Stops the node in an orderly manner: its partitions lose their leader, connections are cut, and until {@link #restart()} new ones are
     * refused. Stopping again does nothing, unless it did not end in time.
     *
     * @throws BrokerUnavailableException if it does not end in time
     */
    public synchronized void stop() {
        KraftServer present = server;
        topics.close();
        if (present != null) {
            stopping = true;
            try {
                present.stop(settings.bounds().stopTimeout());
            } catch (ExecutionException | TimeoutException failure) {
                throw new BrokerUnavailableException(
                        "The embedded broker did not stop within " + Bound.STOP_TIMEOUT.in(settings.bounds()) + ": "
                                + failure + ".",
                        failure);
            }
            server = null;
            stopping = false;
        }
    }

    /**
     * Stops the node so that its next life finds what a killed process leaves: every record that was written, and no mark of a clean
     * stop. Killing a stopped node makes its stop look like that.
     *
     * @throws BrokerUnavailableException if it does not end in time
     */
    public synchronized void kill() {
        stop();
        try {
            KraftServer.forgetCleanStop(directory.logs());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Starts the node again, on the same address and with its records, and returns once clients can use it; stops it first if it runs.
     *
     * @throws IllegalStateException if this broker is closed
     * @throws BrokerUnavailableException if it does not come up, for instance since somebody took its port meanwhile
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("The embedded broker is closed.");
        }
        stop();
        BootFailure.unlessFree(ports);
        server = KraftServer.booting(ports, directory.logs());
        awaitBoot();
    }

    @Override
    public Optional<Runnable> restarting() {
        return Optional.of(this::restart);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
            directory.close(); // Not under a node that still ends: then whoever comes next sweeps it.
        } finally {
            atExit.forget();
        }
    }

    private synchronized void awaitBoot() {
        KraftServer booting = server;
        if (booting == null) {
            throw new IllegalStateException("The embedded broker is closed.");
        }
        try {
            booting.awaitBoot(settings.startTimeout());
            topics.provokeGroupCoordinator();
        } catch (ExecutionException | TimeoutException failure) {
            stop();
            Throwable cause =
                    failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
            throw BootFailure.of(cause, ports, directory.logs(), settings.startTimeout());
        }
    }

    private synchronized void mustRun() {
        if (!isRunning()) {
            throw new BrokerUnavailableException(
                    "The embedded broker " + (closed ? "is closed." : "is stopped: restart it first."));
        }
    }
}
