package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.schedule.Bounds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordEndsTests {

    private static final TopicPartition MARKED = new TopicPartition("marked", 0);
    private static final TopicPartition PLAIN = new TopicPartition("plain", 0);

    private static Broker broker;
    private static Clients clients;

    /** Offsets of the marked one: a, marker, b, c, marker. */
    @BeforeAll
    static void send() {
        broker = Broker.start(name -> Optional.empty());
        broker.createTopics(Map.of(MARKED.topic(), 1, PLAIN.topic(), 1));
        clients = new Clients(broker.bootstrapServers(), new Answers(broker.bootstrapServers(), Bounds.DEFAULT));
        try (KafkaProducer<byte[], byte[]> producer = producer("sender")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(MARKED, "a"));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(record(MARKED, "b"));
            producer.send(record(MARKED, "c"));
            producer.commitTransaction();
        }
        clients.producer().send(record(PLAIN, "a"));
        clients.producer().send(record(PLAIN, "b"));
        clients.producer().flush();
    }

    @AfterAll
    static void stop() {
        clients.close(Duration.ofSeconds(1));
        broker.close();
    }

    private static ProducerRecord<byte[], byte[]> record(TopicPartition partition, String text) {
        return new ProducerRecord<>(
                partition.topic(), partition.partition(), null, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countRecordsAndNoMarkers() {
        RecordEnds ends = new RecordEnds(clients);

        assertThat(ends.count(MARKED, 0, 5, Bounds.DEFAULT)).isEqualTo(3);
        assertThat(ends.count(MARKED, 0, 2, Bounds.DEFAULT)).isOne();
        assertThat(ends.count(MARKED, 1, 2, Bounds.DEFAULT)).isZero();
        assertThat(ends.count(MARKED, 2, 4, Bounds.DEFAULT)).isEqualTo(2);
        assertThat(ends.count(MARKED, 4, 4, Bounds.DEFAULT)).isZero();
        assertThat(ends.count(PLAIN, 0, 2, Bounds.DEFAULT)).isEqualTo(2);
        assertThat(ends.count(PLAIN, 1, 2, Bounds.DEFAULT)).isOne();
    }

    /** The first marker of a partition may come at any time. */
    @Test
    void countNoMarkerThatComesLater() {
        RecordEnds ends = new RecordEnds(clients);
        TopicPartition partition = new TopicPartition("marked-later", 0);
        broker.createTopics(Map.of(partition.topic(), 1));
        try (KafkaProducer<byte[], byte[]> producer = producer("later")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(partition, "a"));
            producer.flush();
            assertThat(ends.count(partition, 0, 1, Bounds.DEFAULT)).isOne();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(record(partition, "b"));
            producer.commitTransaction();
        }

        assertThat(ends.count(partition, 0, 3, Bounds.DEFAULT)).isEqualTo(2);
    }

    @Test
    void transactionsAreWaitedForUntilTheyCanBeRead() throws Exception {
        TopicPartition partition = new TopicPartition("read-late", 0);
        broker.createTopics(Map.of(partition.topic(), 1));
        RunRecords records = new RunRecords(
                new Wire(null, clients.producer(), null),
                Map.of(),
                any -> {},
                new LogEnds(clients.admin(), new Answers(broker.bootstrapServers(), Bounds.DEFAULT)));
        try (KafkaProducer<byte[], byte[]> producer = producer("late")) {
            producer.initTransactions();
            producer.beginTransaction();
            List<RecordMetadata> written =
                    List.of(producer.send(record(partition, "a")).get());
            CompletableFuture<Void> waiting =
                    CompletableFuture.runAsync(() -> records.awaitVisible(written, Duration.ofSeconds(20)));
            await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());
            producer.commitTransaction();

            assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
        }
        assertThat(new LogEnds(clients.admin(), new Answers(broker.bootstrapServers(), Bounds.DEFAULT))
                        .of(List.of(partition), IsolationLevel.READ_COMMITTED))
                .isEqualTo(Map.of(partition, 2L));
    }

    private static KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Test
    void endBeforeTheLastMarkerForWhoStaysThere() {
        RecordEnds ends = new RecordEnds(clients);
        Map<String, Map<TopicPartition, Long>> waiting = Map.of("group", Map.of(MARKED, 4L));
        Map<TopicPartition, Long> from = Map.of(MARKED, 0L);
        Map<TopicPartition, Long> logs = Map.of(MARKED, 5L);

        assertThat(ends.ends(waiting, from, logs, Bounds.DEFAULT)).isEqualTo(logs);
        Map<TopicPartition, Long> found = logs;
        while (found.equals(logs)) {
            found = ends.ends(waiting, from, logs, Bounds.DEFAULT);
        }
        assertThat(found).isEqualTo(Map.of(MARKED, 4L));
    }

    /** The first answer of a broker takes longer than a poll. */
    @Test
    void areReadAtOnceHoweverLongItTakes() {
        Clients cold = new Clients(broker.bootstrapServers(), new Answers(broker.bootstrapServers(), Bounds.DEFAULT));
        try {
            RecordEnds ends = new RecordEnds(cold);
            ends.readAtOnce();

            assertThat(ends.ends(
                            Map.of("group", Map.of(MARKED, 4L)),
                            Map.of(MARKED, 0L),
                            Map.of(MARKED, 5L),
                            Bounds.DEFAULT))
                    .isEqualTo(Map.of(MARKED, 4L));
        } finally {
            cold.close(Duration.ofSeconds(1));
        }
    }
}
