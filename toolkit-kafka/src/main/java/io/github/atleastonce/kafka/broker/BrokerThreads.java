package io.github.atleastonce.kafka.broker;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * The threads of one broker: whatever a thread starts belongs to its group. So the toolkit knows which broker a thread means that wants
 * to halt the JVM, and no interrupt of a test's thread reaches a broker.
 */
final class BrokerThreads extends ThreadGroup {

    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    BrokerThreads() {
        super("atleastonce-kafka");
    }

    /** Completes exceptionally if the broker gives up; never otherwise. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    /** Notes that the present thread, one of this group, gave the broker up. */
    void giveUp() {
        failure.completeExceptionally(new IllegalStateException(
                "Kafka gave up in its thread " + Thread.currentThread().getName()));
    }

    <T> CompletableFuture<T> run(String purpose, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                this,
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable thrown) { // also NoClassDefFoundError: it belongs to whoever waits
                        result.completeExceptionally(thrown);
                    }
                },
                "atleastonce-kafka-" + purpose);
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
