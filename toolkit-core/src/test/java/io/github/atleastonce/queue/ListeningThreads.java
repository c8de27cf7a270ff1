package io.github.atleastonce.queue;

import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** The threads of an application that read queues, each with what it does with a message. */
final class ListeningThreads implements AutoCloseable {

    private static final long MILLISECOND = 1_000_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What a consumer does with what it has received. */
    @FunctionalInterface
    interface Handling {

        void handle(Received received, List<QueueServer.InHand> hands) throws Exception;
    }

    /** Reads a queue, two messages together if there are two. */
    void listenForTwo(Run run, MemoryQueues server, String queue, Handling handling) {
        QueueListener listener = new QueueListener("app", queue);
        listener.join(run);
        threads.execute(() -> {
            while (!run.isOver()) {
                server.take(queue).ifPresent(hand -> receiveTwo(run, server, listener, hand, handling));
                LockSupport.parkNanos(MILLISECOND);
            }
        });
    }

    private static void receiveTwo(
            Run run, MemoryQueues server, QueueListener listener, QueueServer.InHand first, Handling handling) {
        listener.receive(run, first).ifPresent(received -> {
            List<QueueServer.InHand> all = new ArrayList<>(List.of(first));
            server.take(listener.queue()).filter(received::together).ifPresent(all::add);
            handle(received, all, handling);
        });
    }

    void listen(Run run, MemoryQueues server, String queue, Handling handling) {
        QueueListener listener = new QueueListener("app", queue);
        listener.join(run);
        threads.execute(() -> {
            while (!run.isOver()) {
                server.take(queue).ifPresent(hand -> receive(run, listener, hand, handling));
                LockSupport.parkNanos(MILLISECOND);
            }
        });
    }

    private static void receive(Run run, QueueListener listener, QueueServer.InHand hand, Handling handling) {
        listener.receive(run, hand).ifPresent(received -> handle(received, List.of(hand), handling));
    }

    private static void handle(Received received, List<QueueServer.InHand> hands, Handling handling) {
        try {
            received.begin();
            handling.handle(received, hands);
        } catch (Crash crash) {
            received.giveBack(crash);
        } catch (Exception failure) {
            received.giveBack(failure);
        } finally {
            received.leave();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
