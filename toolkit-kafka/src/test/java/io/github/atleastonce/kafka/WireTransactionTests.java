package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.BROKER_UNAVAILABLE;
import static io.github.atleastonce.schedule.Fault.COMMIT_FAILED;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that reads, works and writes in transactions: whatever may happen to it, its results are there once. */
class WireTransactionTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start();
        proxy = FaultProxy.before(broker.bootstrapServers());
        broker.createTopics(Map.of("in", 1, "out", 1));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        broker.close();
    }

    private static final class Copying implements AutoCloseable {

        private final boolean offsetsToo;
        private final KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        proxy.bootstrapServers(),
                        "group.id",
                        "copying",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", proxy.bootstrapServers(), "transactional.id", "copying"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        private final Thread thread = new Thread(this::work, "copying");

        /** Says whether the offset is part of the transaction, as is right, or is committed after it. */
        Copying(boolean offsetsToo) {
            this.offsetsToo = offsetsToo;
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            try (consumer;
                    producer) {
                producer.initTransactions();
                consumer.subscribe(List.of("in"));
                while (true) {
                    for (ConsumerRecord<byte[], byte[]> next : consumer.poll(Duration.ofMillis(100))) {
                        if (!copy(next)) {
                            break;
                        }
                    }
                }
            } catch (WakeupException closing) {
                return;
            }
        }

        private boolean copy(ConsumerRecord<byte[], byte[]> next) {
            TopicPartition partition = new TopicPartition(next.topic(), next.partition());
            producer.beginTransaction();
            try {
                producer.send(new ProducerRecord<>("out", next.value()));
                Map<TopicPartition, OffsetAndMetadata> read =
                        Map.of(partition, new OffsetAndMetadata(next.offset() + 1));
                if (offsetsToo) {
                    producer.sendOffsetsToTransaction(read, consumer.groupMetadata());
                }
                producer.commitTransaction();
                return offsetsToo || commit(read);
            } catch (KafkaException failed) {
                producer.abortTransaction();
                consumer.seek(partition, next.offset());
                return false;
            }
        }

        private boolean commit(Map<TopicPartition, OffsetAndMetadata> read) {
            try {
                consumer.commitSync(read);
                return true;
            } catch (CommitFailedException moved) {
                return false; // It comes again.
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
    void copiesOnceWhateverHappens() {
        assertThat(explore(true, REDELIVERY, COMMIT_FAILED, BROKER_UNAVAILABLE, REBALANCE, SEND_FAILED, SEND_UNCERTAIN))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().remarks())
                                .contains("records that are sent in transactions meet no fault of their own"));
    }

    /** Its records are written exactly once each time that it is given one, and it is given one twice. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REDELIVERY", "REBALANCE"})
    void copiesTwiceWhereTheOffsetIsCommittedAfterTheTransaction(Fault fault) {
        assertThat(explore(false, fault)).isInstanceOf(Outcome.Failed.class);
    }

    private static Outcome explore(boolean offsetsToo, Fault first, Fault... others) {
        Set<Long> results = ConcurrentHashMap.newKeySet();
        KafkaCluster bare = new KafkaCluster(broker.bootstrapServers(), List.of("in", "out"));
        try (bare;
                Copying copying = new Copying(offsetsToo);
                Listener reading = new Listener(
                                proxy.bootstrapServers(),
                                "reading",
                                "out",
                                Map.of("isolation.level", "read_committed"),
                                next -> results.add(next.offset()))
                        .committingRecords()) {
            reading.start();
            assertThat(copying.thread).isNotNull();
            return ScenarioRunner.of(first, others)
                    .on(bare.behind(proxy))
                    .within(bare.bounds())
                    .explore(scenario -> {
                        results.clear();
                        scenario.channel("in").send("o-1", "10");
                        scenario.settle();
                        assertThat(results).hasSize(1);
                    });
        }
    }
}
