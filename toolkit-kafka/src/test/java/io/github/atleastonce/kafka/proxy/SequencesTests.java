package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The broker sees no gap where it was not shown what an idempotent producer has sent. */
class SequencesTests {

    private static final Append APPEND = new Append("clients", "producer-1", "orders", 0, 3, false, false);

    private static ByteBuffer batch(long producer, int epoch, int sequence) {
        ByteBuffer batch = ByteBuffer.allocate(61);
        batch.putInt(8, 49).put(16, (byte) 2).putInt(57, 3);
        return batch.putLong(43, producer).putShort(51, (short) epoch).putInt(53, sequence);
    }

    @Test
    void whatFollowsIsNumberedAsIfTheLostHadNeverBeen() {
        Sequences sequences = new Sequences();
        sequences.lose(APPEND, batch(7, 0, 3));

        assertThat(Batches.sequence(sequences.shown(APPEND, batch(7, 0, 6)))).isEqualTo(3);
        sequences.lose(APPEND, batch(7, 0, 9));
        assertThat(Batches.sequence(sequences.shown(APPEND, batch(7, 0, 12)))).isEqualTo(6);
    }

    @Test
    void aRetryHasTheSameNumberAsBefore() {
        Sequences sequences = new Sequences();
        sequences.lose(APPEND, batch(7, 0, 3));

        ByteBuffer before = batch(7, 0, 0);
        assertThat(sequences.shown(APPEND, before)).isSameAs(before);
        assertThat(sequences.isLost(APPEND, batch(7, 0, 3))).isTrue();
        assertThat(sequences.isLost(APPEND, batch(7, 0, 6))).isFalse();
    }

    /** Else what follows it would have a number that the broker has seen, and be lost without a word. */
    @Test
    void whatTheBrokerMayHaveIsNotLost() {
        Sequences sequences = new Sequences();
        ByteBuffer first = batch(7, 0, 0);
        sequences.shown(APPEND, first);

        assertThat(sequences.wasShown(APPEND.topicPartition(), first)).isTrue();
        assertThat(sequences.lose(APPEND, first)).isFalse();
        assertThat(sequences.lose(APPEND, batch(7, 0, 3))).isTrue();
    }

    /** As it does after an error, and brokers since Kafka 4 let it do after each transaction. */
    @Test
    void aProducerBeginsAnewWithAnotherEpoch() {
        Sequences sequences = new Sequences();
        sequences.lose(APPEND, batch(7, 0, 0));

        ByteBuffer next = batch(7, 1, 3);
        assertThat(sequences.shown(APPEND, next)).isSameAs(next);
        assertThat(sequences.isLost(APPEND, batch(7, 1, 0))).isFalse();
        assertThat(sequences.isLost(APPEND, batch(8, 0, 0))).isFalse();
    }

    @Test
    void producersWithoutNumbersHaveNoGaps() {
        Sequences sequences = new Sequences();
        sequences.lose(APPEND, batch(-1, -1, -1));

        assertThat(sequences.haveGaps()).isFalse();
    }

    /** After a send that fails it counts from zero, and what it has lost before that is nothing to the new epoch. */
    @Test
    void aRealProducerThatBeginsAnewLosesNothingMore() throws Exception {
        AtomicReference<Verdict> next = new AtomicReference<>(Verdict.PASS);
        Map<Integer, Verdict> verdicts = Map.of(2, Verdict.LOSE, 3, Verdict.LOSE, 5, Verdict.FAIL);
        List<String> expected = new ArrayList<>();
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers())) {
            broker.createTopics(Map.of("orders", 1));
            proxy.watch(new Watch() {

                @Override
                public AppendVerdict appending(List<Append> batches) {
                    return new AppendVerdict(next.getAndSet(Verdict.PASS), batches.get(0));
                }
            });
            try (KafkaProducer<String, String> producer = ProxiedClients.producer(proxy.bootstrapServers(), Map.of())) {
                for (int i = 1; i <= 12; i++) {
                    Verdict verdict = verdicts.getOrDefault(i, Verdict.PASS);
                    next.set(verdict);
                    Future<RecordMetadata> sent =
                            producer.send(new ProducerRecord<>("orders", 0, "k", Integer.toString(i)));
                    if (verdict == Verdict.FAIL) {
                        assertThatThrownBy(sent::get).isInstanceOf(ExecutionException.class);
                    } else {
                        sent.get();
                    }
                    if (verdict == Verdict.PASS) {
                        expected.add(Integer.toString(i));
                    }
                }
            }

            assertThat(readAll(proxy.bootstrapServers())).containsExactlyElementsOf(expected);
        }
    }

    /** Many in flight, and the line is cut again and again, so that what was lost is sent again, too. */
    @Test
    void aRealBrokerTakesWhatFollows() throws Exception {
        AtomicInteger appends = new AtomicInteger();
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                Door door = proxy.open("producer")) {
            broker.createTopics(Map.of("orders", 1));
            proxy.watch(new Watch() {

                @Override
                public AppendVerdict appending(List<Append> batches) {
                    int nth = appends.incrementAndGet();
                    Verdict often = nth % 5 == 0 ? Verdict.LOSE : Verdict.PASS;
                    return new AppendVerdict(nth % 17 == 0 ? Verdict.CUT_AFTER : often, batches.get(0));
                }
            });
            try (KafkaProducer<String, String> producer = ProxiedClients.producer(
                    door.bootstrapServers(),
                    Map.of("batch.size", 0, "reconnect.backoff.ms", 1, "retry.backoff.ms", 1))) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    sent.add(producer.send(new ProducerRecord<>("orders", 0, "k", Integer.toString(i))));
                }
                for (Future<RecordMetadata> each : sent) {
                    each.get();
                }
                producer.send(new ProducerRecord<>("orders", 0, "k", "last")).get();
            }
            proxy.watch(null);

            assertThat(epochs(proxy.bootstrapServers()))
                    .as("a producer that was told of a gap begins anew")
                    .containsOnly(0);
            List<String> read = readAll(proxy.bootstrapServers());
            assertThat(read).hasSizeBetween(120, 180).doesNotHaveDuplicates();
            assertThat(read.stream().filter(value -> !value.equals("last")).map(Integer::valueOf))
                    .isSorted();
        }
    }

    private static List<Integer> epochs(String servers) throws Exception {
        TopicPartition partition = new TopicPartition("orders", 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin
                    .describeProducers(List.of(partition))
                    .partitionResult(partition)
                    .get()
                    .activeProducers()
                    .stream()
                    .map(ProducerState::producerEpoch)
                    .toList();
        }
    }

    private static List<String> readAll(String servers) {
        try (KafkaConsumer<String, String> consumer = ProxiedClients.consumer(servers, "reading", Map.of())) {
            TopicPartition partition = new TopicPartition("orders", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            int count = Math.toIntExact(consumer.endOffsets(List.of(partition)).get(partition));
            return ProxiedClients.read(consumer, count, "");
        }
    }
}
