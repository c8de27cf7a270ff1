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

        void handle(QueueListener.Received received, QueueServer.InHand hand) throws Exception;
    }

    /** Several messages that are in hand together. */
    record Several(List<QueueServer.InHand> all) implements QueueServer.InHand {

        @Override
        public String identity() {
            return all.get(0).identity();
        }

        @Override
        public Envelope envelope() {
            return all.get(0).envelope();
        }

        @Override
        public int deliveries() {
            return 0;
        }

        @Override
        public void acknowledge() {
            all.forEach(QueueServer.InHand::acknowledge);
        }

        @Override
        public void giveBack() {
            all.forEach(QueueServer.InHand::giveBack);
        }
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
        QueueListener.Received received =
                listener.receive(run, first.identity(), first.envelope(), 0).orElse(null);
        if (received == null) {
            first.giveBack();
            return;
        }
        List<QueueServer.InHand> all = new ArrayList<>(List.of(first));
        server.take(listener.queue()).ifPresent(second -> {
            received.together(second.identity(), second.envelope());
            all.add(second);
        });
        handle(received, new Several(all), handling);
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
        QueueListener.Received received = listener.receive(run, hand.identity(), hand.envelope(), hand.deliveries())
                .orElse(null);
        if (received == null) {
            hand.giveBack();
            return;
        }
        handle(received, hand, handling);
    }

    private static void handle(QueueListener.Received received, QueueServer.InHand hand, Handling handling) {
        try {
            received.begin();
            handling.handle(received, hand);
        } catch (Crash crash) {
            giveBack(received, hand, crash);
        } catch (Exception failure) {
            giveBack(received, hand, failure);
        } finally {
            received.leave();
        }
    }

    private static void giveBack(QueueListener.Received received, QueueServer.InHand hand, Throwable why) {
        try {
            received.giveBack(hand::giveBack, why);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
