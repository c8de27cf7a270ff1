package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.Commit;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.kafka.proxy.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Measures how long it takes from the eviction of a member, which is about to commit, until it has the record in hand again. */
public final class EvictionBenchmark {

    private static final int ROUNDS = 101;
    private static final int WARM_UP = 200;
    private static final double MILLIS = 1e6;

    private EvictionBenchmark() {}

    /**
     * Prints the median for each protocol of groups.
     *
     * @param arguments none
     * @throws Exception if the broker or a client fails
     */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers())) {
            broker.createTopics(Map.of(OrdersConsumer.TOPIC, 1));
            for (String protocol : List.of("classic", "consumer")) {
                Row.print(
                        "evicted → redelivered, group protocol " + protocol,
                        String.format(Locale.ROOT, "%.0f ms", measure(proxy, protocol)));
            }
        }
    }

    private static double measure(FaultProxy proxy, String protocol) throws Exception {
        double[] millis = new double[ROUNDS];
        EvictingOnce evicting = new EvictingOnce();
        proxy.watch(evicting);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", proxy.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer());
                KafkaConsumer<String, String> consumer =
                        OrdersConsumer.consumer(proxy.bootstrapServers(), "evicted-" + protocol, protocol)) {
            consumer.subscribe(List.of(OrdersConsumer.TOPIC));
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                evicting.arm();
                producer.send(new ProducerRecord<>(OrdersConsumer.TOPIC, "o-1", "10"))
                        .get();
                double taken = handleUntilCommitted(consumer, evicting);
                if (round >= 0) {
                    millis[round] = taken;
                }
            }
        } finally {
            proxy.watch(null);
        }
        return Row.median(millis);
    }

    private static double handleUntilCommitted(KafkaConsumer<String, String> consumer, EvictingOnce evicting) {
        while (true) {
            if (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                continue;
            }
            long evicted = evicting.at();
            long now = System.nanoTime();
            try {
                consumer.commitSync();
            } catch (CommitFailedException | RebalanceInProgressException notAMember) {
                continue;
            }
            if (evicted != 0) {
                return (now - evicted) / MILLIS;
            }
        }
    }

    /** Evicts whoever commits next, and lets all else pass. */
    private static final class EvictingOnce implements Watch {

        private static final long ARMED = -1;

        private final AtomicLong evicted = new AtomicLong();

        void arm() {
            evicted.set(ARMED);
        }

        /** When the member was evicted, or 0 if it was not yet. */
        long at() {
            return Math.max(0, evicted.get());
        }

        @Override
        public Verdict committing(Commit commit) {
            return evicted.compareAndSet(ARMED, System.nanoTime()) ? Verdict.EVICT : Verdict.PASS;
        }
    }
}
