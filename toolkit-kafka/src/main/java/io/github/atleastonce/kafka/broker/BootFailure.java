package io.github.atleastonce.kafka.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;

/** Tells why a node did not come up, in one sentence. */
final class BootFailure {

    private BootFailure() {}

    /** Says so at once where Kafka would find it out after a second or two. */
    static void unlessFree(LoopbackPorts ports) {
        ports.taken().ifPresent(port -> {
            throw new BrokerUnavailableException(sentence(taken(port)));
        });
    }

    static BrokerUnavailableException of(Throwable cause, LoopbackPorts ports, Path logs, Duration timeout) {
        return new BrokerUnavailableException(sentence(reason(cause, ports, logs, timeout)), cause);
    }

    private static String sentence(String reason) {
        return "The embedded broker did not start: " + reason + ".";
    }

    private static String reason(Throwable cause, LoopbackPorts ports, Path logs, Duration timeout) {
        OptionalInt taken = ports.taken();
        if (taken.isPresent()) {
            return taken(taken.getAsInt());
        }
        if (!Files.isDirectory(logs)) {
            return "its directory " + logs + " is gone";
        }
        if (cause instanceof LinkageError) {
            return KafkaJars.wanted(cause);
        }
        if (cause instanceof TimeoutException) {
            return "it was not ready within " + timeout.toMillis() + " ms (" + BrokerSettings.START_TIMEOUT + ")";
        }
        return deepest(cause) + ", and the log of org.apache.kafka may tell more";
    }

    private static String taken(int port) {
        return "port " + port + " on 127.0.0.1 is taken by another process";
    }

    private static Throwable deepest(Throwable throwable) {
        Throwable deepest = throwable;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
