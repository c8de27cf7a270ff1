package io.github.atleastonce.kafka.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real Kafka node in a JVM of its own, on loopback, that outlives the tests: the next build finds it running, without the topics and
 * groups of the last one. One JVM of tests uses it at a time, and another one gets another node.
 */
final class ReusedKafka implements Broker {

    private static final int MOST = 16;
    private static final int LOOK_MILLIS = 5;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final BrokerSlot slot;
    private final BrokerAddress address;
    private final BrokerSettings settings;
    private final TopicProvisioning topics;
    private boolean closed;

    private ReusedKafka(BrokerSlot slot, BrokerAddress address, BrokerSettings settings) {
        this.slot = slot;
        this.address = address;
        this.settings = settings;
        this.topics = TopicProvisioning.at(address.bootstrapServers(), settings.bounds());
    }

    static Broker connect(BrokerSettings settings) {
        Presence.ofEmbeddedKafka(ReusedKafka.class.getClassLoader());
        BrokerJvm jvm = BrokerJvm.likeThis(settings.directory(), settings.idleTimeout());
        for (int number = 1; number <= MOST; number++) {
            Optional<BrokerSlot> slot = BrokerSlot.take(jvm.slot(number));
            if (slot.isPresent()) {
                try {
                    return in(slot.get(), jvm, settings);
                } catch (RuntimeException failure) {
                    slot.get().close();
                    throw failure;
                }
            }
        }
        throw new BrokerUnavailableException(
                "All " + MOST + " reused brokers in " + jvm.slot(1).getParent()
                        + " are in use: end some JVMs, or choose another broker by " + BrokerSettings.PROVIDER + ".");
    }

    private static Broker in(BrokerSlot slot, BrokerJvm jvm, BrokerSettings settings) {
        try {
            Optional<BrokerAddress> known = BrokerAddress.in(slot.directory());
            if (known.isPresent()) {
                ReusedKafka running = new ReusedKafka(slot, known.get(), settings);
                if (running.isAsNew()) {
                    return running;
                }
                running.end();
            }
            return started(slot, jvm.start(slot), settings);
        } catch (IOException unusable) {
            throw BrokerSlot.unusable(slot.directory(), unusable);
        }
    }

    private static Broker started(BrokerSlot slot, Process process, BrokerSettings settings) throws IOException {
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        CompletableFuture<Process> end = process.onExit();
        while (System.nanoTime() < deadline) {
            Optional<BrokerAddress> address = BrokerAddress.in(slot.directory());
            if (address.isPresent()) {
                return new ReusedKafka(slot, address.get(), settings);
            }
            try {
                end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                throw new BrokerUnavailableException("A reused broker did not start, and " + slot.log() + " says why.");
            } catch (TimeoutException starting) {
                continue;
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        process.destroyForcibly();
        throw new BrokerUnavailableException("A reused broker was not ready within "
                + settings.startTimeout().toMillis() + " ms (" + BrokerSettings.START_TIMEOUT + "); its log is "
                + slot.log() + ".");
    }

    /** Says whether the broker is there and has nothing left of those who used it before. */
    private boolean isAsNew() {
        try {
            address.tell(BrokerAddress.ANSWER, ANSWERS_WITHIN);
        } catch (IOException nobody) {
            return false;
        }
        return topics.clear();
    }

    /** Ends the broker, if it is there at all. */
    private void end() {
        topics.close();
        try {
            address.tell(BrokerAddress.END, ANSWERS_WITHIN);
        } catch (IOException nobody) {
            return;
        }
    }

    @Override
    public String bootstrapServers() {
        return address.bootstrapServers();
    }

    @Override
    public void createTopics(Map<String, Integer> partitions) {
        topics.create(partitions);
    }

    @Override
    public void deleteTopics(Collection<String> names) {
        topics.delete(names);
    }

    @Override
    public Optional<Runnable> restarting() {
        return Optional.of(this::restart);
    }

    private void restart() {
        topics.close();
        Duration patience = settings.startTimeout().plus(settings.bounds().stopTimeout());
        try {
            address.tell(BrokerAddress.RESTART, patience);
        } catch (IOException gone) {
            throw new BrokerUnavailableException("The reused broker did not start again: " + gone + ".", gone);
        }
    }

    /** Leaves the broker to the next one. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        topics.close();
        try {
            address.tell(BrokerAddress.REST, ANSWERS_WITHIN);
        } catch (IOException gone) {
            // Then the next one starts another.
        } finally {
            slot.close();
        }
    }
}
