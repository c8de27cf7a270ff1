package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which batches share a request is chance: what happens to one of them happens to no other. */
class SharedRequestTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start();
        proxy = FaultProxy.before(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        proxy.close();
        broker.close();
    }

    @Test
    void whatIsLostIsOneBatch() throws Exception {
        assertThat(written("lost", Verdict.LOSE)).isEqualTo(Map.of("lost-0", List.of("second"), "lost-1", BOTH));
    }

    @Test
    void whatIsWrittenTwiceIsOneBatch() throws Exception {
        assertThat(written("twice", Verdict.TWICE))
                .isEqualTo(Map.of("twice-0", List.of("first", "first", "second"), "twice-1", BOTH));
    }

    private static final List<String> BOTH = List.of("first", "second");

    /** Sends one record to each of two partitions in one request, to the first of which something happens, and then once more. */
    private static Map<String, List<String>> written(String topic, Verdict verdict) throws Exception {
        broker.createTopics(Map.of(topic, 2));
        Map<Integer, Integer> noted = new ConcurrentHashMap<>();
        proxy.watch(new Watch() {

            private boolean over;

            @Override
            public synchronized AppendVerdict appending(List<Append> batches) {
                boolean both = batches.size() == 2 && !over;
                over |= both;
                return new AppendVerdict(both ? verdict : Verdict.PASS, batches.get(0));
            }

            @Override
            public boolean appended(Append batch, long offset) {
                noted.merge(batch.partition(), batch.records(), Integer::sum);
                return true;
            }
        });
        try (KafkaProducer<String, String> producer =
                ProxiedClients.producer(proxy.bootstrapServers(), Map.of("linger.ms", 100))) {
            producer.partitionsFor(topic);
            for (String text : BOTH) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (int partition = 0; partition < 2; partition++) {
                    sent.add(producer.send(new ProducerRecord<>(topic, partition, "k", text)));
                }
                for (Future<RecordMetadata> each : sent) {
                    each.get();
                }
            }
        } finally {
            proxy.watch(null);
        }
        assertThat(noted).containsEntry(1, 2);
        return read(topic);
    }

    private static Map<String, List<String>> read(String topic) {
        Map<String, List<String>> read = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            TopicPartition from = new TopicPartition(topic, partition);
            try (KafkaConsumer<String, String> consumer =
                    ProxiedClients.consumer(proxy.bootstrapServers(), "reading", Map.of())) {
                consumer.assign(List.of(from));
                consumer.seekToBeginning(List.of(from));
                int count = Math.toIntExact(consumer.endOffsets(List.of(from)).get(from));
                read.put(from.toString(), ProxiedClients.read(consumer, count, ""));
            }
        }
        return read;
    }
}
