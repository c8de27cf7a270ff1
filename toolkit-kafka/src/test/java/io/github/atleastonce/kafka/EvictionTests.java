package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** A consumer that commits all the time, new or not: it has its records in hand when it leaves its group, and is not told before it has them. */
class EvictionTests {

    /** Polls without waiting, and commits whatever it has got. */
    private static final class Restless implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final IntConsumer handler;
        private final Thread thread = new Thread(this::work, "restless");

        Restless(String servers, IntConsumer handler) {
            this.handler = handler;
            this.consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            servers,
                            "group.id",
                            "restless",
                            "auto.offset.reset",
                            "earliest",
                            "enable.auto.commit",
                            false),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            try (consumer) {
                consumer.subscribe(List.of("orders"));
                while (true) {
                    for (ConsumerRecord<byte[], byte[]> next : consumer.poll(Duration.ofMillis(1))) {
                        handler.accept(Integer.parseInt(Listener.text(next.value())));
                    }
                    commit();
                }
            } catch (WakeupException closing) {
                return;
            }
        }

        private void commit() {
            try {
                consumer.commitSync();
            } catch (CommitFailedException | RebalanceInProgressException moved) {
                return; // They come again.
            }
        }

        @Override
        public void close() {
            consumer.wakeup();
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void aMemberLeavesOnceItHasRecordsInHand() {
        AtomicInteger credit = new AtomicInteger();
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers())) {
            broker.createTopics(Map.of("orders", 1));
            KafkaCluster bare = new KafkaCluster(broker.bootstrapServers(), List.of("orders"));
            try (bare;
                    Restless service = new Restless(proxy.bootstrapServers(), credit::addAndGet)) {
                assertThat(service.thread).isNotNull();
                Outcome outcome = ScenarioRunner.of(REBALANCE)
                        .on(bare.behind(proxy))
                        .within(bare.bounds())
                        .explore(scenario -> {
                            credit.set(0);
                            scenario.channel("orders").send("o-1", "10");
                            scenario.settle();
                            assertThat(credit).hasValue(10);
                        });

                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                found -> assertThat(found.token().toString())
                                        .isEqualTo("1:rebalance(restless<orders[k1]/fetch)"));
            }
        }
    }
}
