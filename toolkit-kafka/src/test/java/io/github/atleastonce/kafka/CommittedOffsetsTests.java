package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What groups have committed and where logs end, within transactions and without. */
class CommittedOffsetsTests {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private static Broker broker;
    private static Answers answers;
    private static Clients clients;

    @BeforeAll
    static void start() {
        broker = Broker.start(name -> Optional.empty());
        broker.createTopics(Map.of(ORDERS.topic(), 1));
        answers = new Answers(broker.bootstrapServers(), Bounds.DEFAULT);
        clients = new Clients(broker.bootstrapServers(), answers);
    }

    @AfterAll
    static void stop() {
        clients.close(Duration.ofSeconds(1));
        broker.close();
    }

    private static Map<String, Map<TopicPartition, Long>> of(CommittedOffsets offsets, String... groups) {
        return offsets.of(List.of(groups), Set.of(ORDERS));
    }

    private static KafkaProducer<byte[], byte[]> transactional(String id) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    @Test
    void areThoseOfEachGroup() throws ExecutionException, InterruptedException {
        CommittedOffsets offsets = new CommittedOffsets(clients, answers);
        clients.admin()
                .alterConsumerGroupOffsets("some", Map.of(ORDERS, new OffsetAndMetadata(3)))
                .all()
                .get();

        assertThat(of(offsets, "some", "none")).isEqualTo(Map.of("some", Map.of(ORDERS, 3L), "none", Map.of()));

        clients.admin()
                .alterConsumerGroupOffsets("some", Map.of(ORDERS, new OffsetAndMetadata(4)))
                .all()
                .get();

        assertThat(of(offsets, "some")).isEqualTo(Map.of("some", Map.of(ORDERS, 4L)));
    }

    /** A consumer that asks waits for the end of the transaction, and whoever settles must not. */
    @Test
    @Timeout(60)
    void ofATransactionCountOnceItHasEnded() {
        CommittedOffsets offsets = new CommittedOffsets(clients, answers);
        try (KafkaProducer<byte[], byte[]> producer = transactional("commits")) {
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(
                    Map.of(ORDERS, new OffsetAndMetadata(5)),
                    clients.member("transactional").groupMetadata());

            assertThat(of(offsets, "transactional")).isEqualTo(Map.of("transactional", Map.of()));

            producer.commitTransaction();
        }
        while (of(offsets, "transactional").get("transactional").isEmpty()) {
            // What ends a transaction is written when it has been committed.
            Thread.onSpinWait();
        }
        assertThat(of(offsets, "transactional")).isEqualTo(Map.of("transactional", Map.of(ORDERS, 5L)));
    }

    @Test
    void logsEndBeforeAnOpenTransactionForWhoReadsWhatIsCommitted() {
        LogEnds ends = new LogEnds(clients.admin(), answers);
        try (KafkaProducer<byte[], byte[]> producer = transactional("sends")) {
            long before = ends.of(Set.of(ORDERS)).get(ORDERS);
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(ORDERS.topic(), new byte[] {1}));
            producer.flush();

            assertThat(ends.of(Set.of(ORDERS))).isEqualTo(Map.of(ORDERS, before + 1));
            assertThat(ends.of(Set.of(ORDERS), IsolationLevel.READ_COMMITTED)).isEqualTo(Map.of(ORDERS, before));

            producer.abortTransaction();
        }
    }
}
