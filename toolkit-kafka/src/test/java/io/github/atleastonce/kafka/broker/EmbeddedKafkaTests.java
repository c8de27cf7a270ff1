package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.atleastonce.run.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedKafkaTests {

    EmbeddedKafka kafka;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void carriesRecordsToAGroup() throws Exception {
        kafka.createTopics(Map.of("orders", 1));

        Traffic.on(kafka).send("orders", "a", "b");

        assertThat(Traffic.on(kafka).receive("orders", "customers", 2)).containsExactly("a", "b");
    }

    @Test
    void carriesRecordsToAGroupOfTheNewerProtocol() throws Exception {
        assumeTrue(knowsTheNewerProtocol(), "this Kafka is older");
        kafka.createTopics(Map.of("orders", 1));

        Traffic.on(kafka).send("orders", "a", "b");

        assertThat(Traffic.on(kafka).receive("orders", "customers", 2, Map.of("group.protocol", "consumer")))
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
    void readsEveryCompression(String codec) throws Exception {
        kafka.createTopics(Map.of("orders", 1));

        try (KafkaProducer<String, String> producer = Traffic.on(kafka).producer(Map.of("compression.type", codec))) {
            producer.send(new ProducerRecord<>("orders", "a")).get();
        }

        assertThat(Traffic.on(kafka).receive("orders", "customers", 1)).containsExactly("a");
    }

    @Test
    void committedTransactionsAreReadAndAbortedOnesAreNot() throws Exception {
        kafka.createTopics(Map.of("orders", 1));

        try (KafkaProducer<String, String> producer = Traffic.on(kafka).producer(Map.of("transactional.id", "t"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("orders", "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("orders", "committed")).get();
            producer.commitTransaction();
        }

        assertThat(Traffic.on(kafka).receive("orders", "customers", 1, Map.of("isolation.level", "read_committed")))
                .containsExactly("committed");
    }

    @Test
    void topicsServeTheFirstAttemptOfAClient() throws Exception {
        try (Admin connected = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers(), "retries", 0))) {
            connected.describeCluster().nodes().get();
            for (int i = 0; i < 30; i++) {
                String topic = "orders-" + i;
                kafka.createTopics(Map.of(topic, 3));

                var ends = connected.listOffsets(Map.of(
                        new TopicPartition(topic, 0), OffsetSpec.latest(),
                        new TopicPartition(topic, 1), OffsetSpec.latest(),
                        new TopicPartition(topic, 2), OffsetSpec.latest()));
                assertThat(ends.all().get().values())
                        .extracting(ListOffsetsResultInfo::offset)
                        .containsExactly(0L, 0L, 0L);
            }
        }
    }

    @Test
    void creatingATopicAgainKeepsItsRecords() throws Exception {
        kafka.createTopics(Map.of("orders", 2));
        Traffic.on(kafka).send("orders", "a");

        kafka.createTopics(Map.of("orders", 2, "payments", 1));

        assertThat(Traffic.on(kafka).receive("orders", "customers", 1)).containsExactly("a");
    }

    @Test
    void refusesAnotherNumberOfPartitions() {
        kafka.createTopics(Map.of("orders", 2));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> kafka.createTopics(Map.of("orders", 3)))
                .withMessage(
                        "Topic 'orders' exists with 2 partitions, but 3 are wanted: use one number, or another name.");
    }

    @Test
    void refusesATopicWithoutPartitions() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> kafka.createTopics(Map.of("orders", 0)))
                .withMessage("Topic 'orders' wants at least 1 partition, but got 0.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"or ders", "", ".", ".."})
    void refusesAnUnlawfulTopicName(String name) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> kafka.createTopics(Map.of(name, 1)))
                .withMessage("A topic cannot be named '" + name + "': "
                        + "Kafka wants from 1 to 249 letters, digits, dots, underscores and hyphens.");
    }

    @Test
    void refusesTheNamesOfKafkasOwnTopics() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> kafka.createTopics(Map.of("__consumer_offsets", 1)))
                .withMessage("A topic cannot be named '__consumer_offsets': Kafka keeps its own records there.");
    }

    @Test
    void deletesTopicsAndPassesOverUnknownOnes() throws Exception {
        kafka.createTopics(Map.of("orders", 1, "payments", 1));

        kafka.deleteTopics(List.of("orders", "unknown"));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).isEqualTo(Set.of("payments"));
        }
    }

    @Test
    void aDeletedTopicComesBackEmpty() throws Exception {
        kafka.createTopics(Map.of("orders", 1));
        Traffic.on(kafka).send("orders", "old");

        kafka.deleteTopics(List.of("orders"));
        kafka.createTopics(Map.of("orders", 1));
        Traffic.on(kafka).send("orders", "new");

        assertThat(Traffic.on(kafka).receive("orders", "customers", 1)).containsExactly("new");
    }

    @Test
    void aRestartKeepsAddressRecordsAndCommits() throws Exception {
        String address = kafka.bootstrapServers();
        kafka.createTopics(Map.of("orders", 1));
        Traffic.on(kafka).send("orders", "a", "b");
        Traffic.on(kafka).receive("orders", "customers", 1);
        Traffic.on(kafka).send("orders", "c");

        kafka.restart();

        assertThat(kafka.bootstrapServers()).isEqualTo(address);
        assertThat(Traffic.on(kafka).receive("orders", "newcomers", 3)).containsExactly("a", "b", "c");
        assertThat(Traffic.on(kafka).receive("orders", "customers", 1)).containsExactly("c");
    }

    @Test
    void aClientSurvivesARestart() throws Exception {
        kafka.createTopics(Map.of("orders", 1));
        try (KafkaProducer<String, String> producer = Traffic.on(kafka).producer(Map.of())) {
            producer.send(new ProducerRecord<>("orders", "a")).get();

            kafka.stop();
            // In another thread, since sending waits where a topic has no leader.
            var pending = CompletableFuture.supplyAsync(() -> producer.send(new ProducerRecord<>("orders", "b")));
            kafka.restart();

            assertThat(pending.get().get().offset()).isOne();
        }
    }

    @Test
    void aKilledBrokerRecoversItsRecords() throws Exception {
        kafka.createTopics(Map.of("orders", 1));
        Traffic.on(kafka).send("orders", "a", "b");

        kafka.kill();
        kafka.restart();

        assertThat(Traffic.on(kafka).receive("orders", "customers", 2)).containsExactly("a", "b");
    }

    @Test
    void aStoppedBrokerRefusesWorkAndSaysSo() {
        kafka.stop();
        kafka.stop();

        assertThat(kafka.isRunning()).isFalse();
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> kafka.createTopics(Map.of("orders", 1)))
                .withMessage("The embedded broker is stopped: restart it first.");
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> kafka.deleteTopics(List.of("orders")))
                .withMessage("The embedded broker is stopped: restart it first.");
    }

    /** Its files are there for as long as it needs them, and whoever stops it again waits for it. */
    @Test
    void aBrokerThatDidNotStopInTimeIsNotForgotten() {
        BrokerSettings settings = BrokerSettings.from(
                name -> name.equals("atleastonce.stopTimeout") ? Optional.of("1ms") : Optional.empty(), Map.of());
        EmbeddedKafka slow = EmbeddedKafka.start(settings);
        try {
            assertThatExceptionOfType(BrokerUnavailableException.class).isThrownBy(slow::stop);
            assertThat(slow.isRunning()).isFalse();
        } finally {
            await().ignoreExceptionsInstanceOf(BrokerUnavailableException.class).until(() -> {
                slow.stop();
                return true;
            });
            slow.close();
        }
    }

    @Test
    void twoBrokersLiveBesideEachOther() throws Exception {
        try (EmbeddedKafka other = EmbeddedKafka.start()) {
            kafka.createTopics(Map.of("orders", 1));
            other.createTopics(Map.of("orders", 1));
            Traffic.on(kafka).send("orders", "here");
            Traffic.on(other).send("orders", "there");

            assertThat(Traffic.on(kafka).receive("orders", "customers", 1)).containsExactly("here");
            assertThat(Traffic.on(other).receive("orders", "customers", 1)).containsExactly("there");
        }
    }

    @Test
    void closingAgainDoesNothing() {
        kafka.close();
        kafka.close();

        assertThat(kafka.isRunning()).isFalse();
        assertThatIllegalStateException().isThrownBy(kafka::restart).withMessage("The embedded broker is closed.");
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> kafka.createTopics(Map.of("orders", 1)))
                .withMessage("The embedded broker is closed.");
    }

    @Test
    void aClosedBrokerLeavesNoThreadsBehind() {
        kafka.createTopics(Map.of("orders", 1));

        kafka.close();

        OwnThreads.awaitNone();
    }

    private boolean knowsTheNewerProtocol() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.describeFeatures()
                    .featureMetadata()
                    .get()
                    .finalizedFeatures()
                    .containsKey("group.version");
        }
    }
}
