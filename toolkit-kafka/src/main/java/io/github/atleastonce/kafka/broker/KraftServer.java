package io.github.atleastonce.kafka.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * One life of a KRaft node. The only class that touches Kafka's server, whose classes promise nothing: what is called here has the
 * same signatures from 3.9 to 4.4.
 */
final class KraftServer {

    private static final String CLEAN_SHUTDOWN_MARK = ".kafka_cleanshutdown";
    private static final String LOG4J_PROVIDER = "log4j.provider";

    private final BrokerThreads threads = new BrokerThreads();
    private final KraftNode self;
    private final Path logs;
    private final CompletableFuture<Void> booted;
    private volatile @Nullable KafkaRaftServer server;
    private @Nullable CompletableFuture<Void> ending;

    private KraftServer(KraftNode self, Path logs) {
        this.self = self;
        this.logs = logs;
        this.booted = threads.run("boot", this::boot);
    }

    /** Begins to boot a node on its files, which it makes if there are none. */
    static KraftServer booting(KraftNode self, Path logs) {
        return new KraftServer(self, logs);
    }

    /** Begins to boot the only node of a cluster. */
    static KraftServer booting(LoopbackPorts ports, Path logs) {
        return booting(KraftNode.alone(ports, Uuid.randomUuid().toString()), logs);
    }

    /**
     * Waits until the node serves clients.
     *
     * @throws ExecutionException if it cannot
     * @throws TimeoutException if it does not in time
     */
    void awaitBoot(Duration timeout) throws ExecutionException, TimeoutException {
        Patience.await(CompletableFuture.anyOf(booted, threads.failure()), timeout);
    }

    /** Says whether Kafka has given this node up by itself. */
    boolean hasGivenUp() {
        return threads.failure().isCompletedExceptionally();
    }

    /**
     * Ends the node and cuts its connections. A node that is still booting boots to the end first, since Kafka ignores whoever wants to
     * stop it before that. Stopping again waits for the same end.
     *
     * @param timeout how long each of the two may take
     * @throws TimeoutException if the node does not end in time
     */
    void stop(Duration timeout) throws ExecutionException, TimeoutException {
        try {
            awaitBoot(timeout);
        } catch (ExecutionException noMoreBootsHere) {
            // What has come up so far is stopped all the same.
        }
        KafkaRaftServer present = server;
        if (present != null) {
            CompletableFuture<Void> begun = ending;
            if (begun == null) {
                begun = threads.run("stop", () -> shutDown(present));
                ending = begun;
            }
            Patience.await(begun, timeout);
        }
        threads.interrupt();
    }

    private static @Nullable Void shutDown(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
        return null;
    }

    /** Makes a stopped node look killed: without the mark of a clean stop it recovers its logs when it boots again. */
    static void forgetCleanStop(Path logs) throws IOException {
        Files.deleteIfExists(logs.resolve(CLEAN_SHUTDOWN_MARK));
    }

    private @Nullable Void boot() throws Exception {
        JvmHalt.sparesTheTests();
        if (!Files.exists(logs.resolve("meta.properties"))) {
            format();
        }
        KafkaRaftServer node = new KafkaRaftServer(configuration(), Time.SYSTEM);
        server = node;
        node.startup();
        return null;
    }

    private void format() throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(self.clusterId())
                    .setNodeId(self.id())
                    .setControllerListenerName(KraftConfiguration.CONTROLLER_LISTENER)
                    .setDirectories(List.of(logs.toString()))
                    .setMetadataLogDirectory(logs.toString())
                    .run();
        }
    }

    /** Log4j, which Kafka's server asks for its log levels, complains on standard error if nothing provides logging. */
    private KafkaConfig configuration() {
        boolean unprovided = System.getProperty(LOG4J_PROVIDER) == null
                && KraftServer.class.getResource("/META-INF/services/org.apache.logging.log4j.spi.Provider") == null;
        if (unprovided) {
            System.setProperty(LOG4J_PROVIDER, "org.apache.logging.log4j.simple.internal.SimpleProvider");
        }
        try {
            return KafkaConfig.fromProps(KraftConfiguration.of(self, logs), false);
        } finally {
            if (unprovided) {
                System.clearProperty(LOG4J_PROVIDER);
            }
        }
    }
}
