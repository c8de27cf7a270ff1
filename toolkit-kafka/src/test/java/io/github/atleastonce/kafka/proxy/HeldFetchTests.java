package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a consumer knows of a partition of which it is not given all. */
class HeldFetchTests {

    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    /** Kafka Streams waits for what a partition lacks before it goes on with others. */
    @Test
    void aPartitionEndsWhereItIsHeldBack() throws Exception {
        AtomicLong limit = new AtomicLong(1);
        AtomicInteger kept = new AtomicInteger();
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers())) {
            broker.createTopics(Map.of("orders", 1));
            try (KafkaProducer<String, String> producer = ProxiedClients.producer(proxy.bootstrapServers(), Map.of())) {
                for (String text : List.of("first", "second", "third")) {
                    append(producer, text);
                }
            }
            proxy.watch(new Watch() {

                @Override
                public long givesBefore(String group, TopicPartition partition, long end) {
                    return limit.get();
                }

                @Override
                public void awaitChange(long seen) {
                    kept.incrementAndGet();
                }
            });
            try (KafkaConsumer<String, String> consumer =
                    ProxiedClients.consumer(proxy.bootstrapServers(), "reading", Map.of())) {
                consumer.subscribe(List.of("orders"));
                assertThat(ProxiedClients.read(consumer, 1, "")).containsExactly("first");
                await().until(() -> consumer.poll(Duration.ofMillis(20)).isEmpty() && kept.get() > 2);
                assertThat(consumer.currentLag(PARTITION)).isEqualTo(OptionalLong.of(0));

                limit.set(Long.MAX_VALUE);
                assertThat(ProxiedClients.read(consumer, 2, "")).containsExactly("second", "third");
            }
        }
    }

    /** To fetch anew takes longer than most handlers. */
    @Test
    void whatWasFetchedIsGivenOnceItIsItsTurn() throws Exception {
        List<Long> given = new CopyOnWriteArrayList<>();
        AtomicLong limit = new AtomicLong(Watch.NOTHING);
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                KafkaProducer<String, String> producer = ProxiedClients.producer(broker.bootstrapServers(), Map.of())) {
            broker.createTopics(Map.of("orders", 1));
            append(producer, "first");
            proxy.watch(new Watch() {

                @Override
                public long givesBefore(String group, TopicPartition partition, long end) {
                    if (limit.get() != NOTHING) {
                        given.add(end);
                    }
                    return limit.get();
                }

                @Override
                public void awaitChange(long seen) {
                    if (limit.get() == NOTHING) {
                        append(producer, "second");
                        limit.set(Long.MAX_VALUE);
                    }
                }
            });
            try (KafkaConsumer<String, String> consumer =
                    ProxiedClients.consumer(proxy.bootstrapServers(), "waiting", Map.of())) {
                consumer.subscribe(List.of("orders"));

                assertThat(ProxiedClients.read(consumer, 2, "")).containsExactly("first", "second");
                assertThat(given).startsWith(1L);
            }
        }
    }

    @Test
    void whatIsToBeFetchedAgainWaitsForNothing() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger waited = new AtomicInteger();
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                KafkaProducer<String, String> producer = ProxiedClients.producer(broker.bootstrapServers(), Map.of())) {
            broker.createTopics(Map.of("orders", 1));
            append(producer, "first");
            proxy.watch(new Watch() {

                @Override
                public long givesBefore(String group, TopicPartition partition, long end) {
                    return refused.incrementAndGet() > 3 ? Long.MAX_VALUE : FETCH_AGAIN;
                }

                @Override
                public void awaitChange(long seen) {
                    waited.incrementAndGet();
                }
            });
            try (KafkaConsumer<String, String> consumer =
                    ProxiedClients.consumer(proxy.bootstrapServers(), "again", Map.of())) {
                consumer.subscribe(List.of("orders"));

                assertThat(ProxiedClients.read(consumer, 1, "")).containsExactly("first");
                assertThat(waited).hasValue(0);
            }
        }
    }

    private static void append(KafkaProducer<String, String> producer, String text) {
        try {
            producer.send(new ProducerRecord<>("orders", 0, "k", text)).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
