package io.github.atleastonce.kafka.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.proxy.ProxiedClients;
import io.github.atleastonce.kafka.spring.Told;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters of several brokers, whose leaders and coordinators move. */
class SeveralBrokersTests {

    private static final Map<String, Integer> CREDIT = new ConcurrentHashMap<>();
    private static final Set<Integer> EPOCHS = ConcurrentHashMap.newKeySet();

    @TempDir
    Path kept;

    /** Reserves, announces it, and commits. */
    private static final class Service {

        private final KafkaConsumer<String, String> consumer;
        private final KafkaProducer<String, String> producer;
        private final Thread thread = new Thread(this::work, "service");
        private final boolean idempotent;

        Service(String servers, boolean idempotent) {
            this.idempotent = idempotent;
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", servers, "enable.idempotence", idempotent, "acks", "all"),
                    new StringSerializer(),
                    new StringSerializer());
            consumer = ProxiedClients.consumer(servers, "customers", Map.of());
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            try (consumer;
                    producer) {
                consumer.subscribe(List.of("credits"));
                while (true) {
                    for (ConsumerRecord<String, String> next : consumer.poll(Duration.ofMillis(100))) {
                        announce(new ProducerRecord<>("reserved", next.key(), next.value()));
                    }
                    commit();
                }
            } catch (WakeupException | InterruptedException closing) {
                return;
            }
        }

        private void announce(ProducerRecord<String, String> reserved) throws InterruptedException {
            while (true) {
                try {
                    producer.send(reserved).get();
                    return;
                } catch (ExecutionException failed) {
                    continue; // Whoever waits for it is told in the end.
                }
            }
        }

        private void commit() {
            try {
                consumer.commitSync();
            } catch (CommitFailedException moved) {
                return; // It comes again.
            }
        }

        void close() throws InterruptedException {
            consumer.wakeup();
            thread.join();
        }
    }

    @KafkaBroker(
            topics = {@Topic(name = "credits", partitions = 3), @Topic(name = "reserved")},
            brokers = 3,
            proxy = true)
    abstract static class ClusterTestCase {

        private static Service service;
        private static String servers;

        static void start(String address, boolean idempotent) {
            servers = address;
            service = new Service(address, idempotent);
            EPOCHS.clear();
        }

        @AfterAll
        static void stop() throws InterruptedException {
            service.close();
        }

        @FaultTest(faults = Fault.BROKER_UNAVAILABLE)
        void reservesOnce(Scenario scenario) throws Exception {
            CREDIT.clear();
            scenario.consumer(
                    "credit", "reserved", String.class, (String amount) -> CREDIT.merge("c", 1, Integer::sum));
            scenario.channel("credits").send("o-1", "10");
            scenario.settle();
            assertThat(CREDIT.get("c")).isEqualTo(1);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                TopicPartition only = new TopicPartition("reserved", 0);
                assertThat(admin.describeTopics(List.of("reserved"))
                                .allTopicNames()
                                .get()
                                .get("reserved")
                                .partitions()
                                .get(0)
                                .replicas())
                        .hasSize(3);
                admin.listOffsets(Map.of(only, OffsetSpec.latest()))
                        .partitionResult(only)
                        .get()
                        .leaderEpoch()
                        .ifPresent(EPOCHS::add);
            }
        }
    }

    static class RepeatingTestCase extends ClusterTestCase {
        @BeforeAll
        static void start(@BootstrapServers String servers) {
            start(servers, false);
        }
    }

    static class IdempotentTestCase extends ClusterTestCase {
        @BeforeAll
        static void start(@BootstrapServers String servers) {
            start(servers, true);
        }

        /** Everything else that may happen is no matter of how many brokers there are. */
        @FaultTest(
                faults = {
                    Fault.DUPLICATE,
                    Fault.REDELIVERY,
                    Fault.REBALANCE,
                    Fault.DELAY,
                    Fault.SEND_FAILED,
                    Fault.SEND_UNCERTAIN,
                    Fault.COMMIT_FAILED
                })
        void reserves(Scenario scenario) {
            Set<String> reserved = new HashSet<>();
            scenario.consumer("credit", "reserved", String.class, reserved::add);
            scenario.channel("credits").send("o-1", "10");
            scenario.channel("credits").send("o-2", "20");
            scenario.settle();
            assertThat(reserved).containsExactlyInAnyOrder("10", "20");
        }
    }

    @Test
    void findsAProducerThatSendsAgainWhatWasWritten() {
        assertThat(Told.failures(RepeatingTestCase.class, kept))
                .singleElement()
                .asString()
                .contains("Fails under 1 fault.")
                .contains("BROKER_UNAVAILABLE");
    }

    @Test
    void letsAProducerPassThatIsIdempotentWhileLeadersMove() {
        assertThat(Told.failures(IdempotentTestCase.class, kept)).isEmpty();
        assertThat(EPOCHS).hasSizeGreaterThan(1);
    }
}
