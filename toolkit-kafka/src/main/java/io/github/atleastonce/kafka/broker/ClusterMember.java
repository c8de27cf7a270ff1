package io.github.atleastonce.kafka.broker;

import io.github.atleastonce.schedule.Bound;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A node of an embedded cluster, through all of its lives. Not thread-safe. */
final class ClusterMember implements AutoCloseable {

    private final KraftNode node;
    private final BrokerSettings settings;
    private final DataDirectory directory = DataDirectory.create();
    private @Nullable KraftServer server;

    ClusterMember(KraftNode node, BrokerSettings settings) {
        this.node = node;
        this.settings = settings;
    }

    KraftNode node() {
        return node;
    }

    /** Begins to boot. */
    void boot() {
        server = KraftServer.booting(node, directory.logs());
    }

    /** Waits until it serves clients, if it is a broker. */
    void awaitBoot() {
        KraftServer booting = server;
        if (booting == null) {
            throw new IllegalStateException("Node " + node.id() + " does not boot.");
        }
        try {
            booting.awaitBoot(settings.startTimeout());
        } catch (ExecutionException | TimeoutException failure) {
            Throwable cause =
                    failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
            throw BootFailure.of(cause, node.ports(), directory.logs(), settings.startTimeout());
        }
    }

    /**
     * Stops it in an orderly manner, so that other brokers lead what it has led. Stopping again does nothing.
     *
     * @throws BrokerUnavailableException if it does not end in time
     */
    void stop() {
        KraftServer present = server;
        if (present == null) {
            return;
        }
        try {
            present.stop(settings.bounds().stopTimeout());
            server = null;
        } catch (ExecutionException | TimeoutException failure) {
            throw new BrokerUnavailableException(
                    "Node " + node.id() + " of the embedded cluster did not stop within "
                            + Bound.STOP_TIMEOUT.in(settings.bounds()) + ": " + failure + ".",
                    failure);
        }
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }
}
