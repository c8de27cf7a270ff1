package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many records through a line that is cut again and again: none is lost, none comes twice, and each partition keeps its order. */
class SoakTests {

    /** {@code .ci/proxy} asks for many more. */
    private static final int RECORDS = Integer.getInteger("proxy.soak", 4_000);

    private static final int PARTITIONS = 4;
    private static final int RECORDS_BETWEEN_CUTS = 1_000;

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;

    private final Random random = new Random(Long.getLong("proxy.seed", 42));
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

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
    void losesNothingAndRepeatsNothing() {
        broker.createTopics(Map.of("soak", PARTITIONS));
        Door line = proxy.open("soak");
        try (KafkaProducer<String, String> producer = ProxiedClients.producer(
                line.bootstrapServers(), Map.of("reconnect.backoff.max.ms", 50, "linger.ms", 1))) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(record(i), (where, failure) -> {
                    if (failure != null) {
                        failures.add(failure);
                    }
                });
                if (random.nextInt(RECORDS_BETWEEN_CUTS) == 0) {
                    line.cut();
                }
            }
            producer.flush();
        }

        assertThat(failures).isEmpty();
        assertThat(read(line)).isEqualTo(RECORDS);
        line.close();
    }

    private static ProducerRecord<String, String> record(int number) {
        return new ProducerRecord<>("soak", number % PARTITIONS, "k", Integer.toString(number));
    }

    /** Reads by the same line, which is cut meanwhile, too. */
    private int read(Door line) {
        Map<Integer, Integer> expected = new HashMap<>();
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .peek(partition -> expected.put(partition, partition))
                .mapToObj(partition -> new TopicPartition("soak", partition))
                .toList();
        int count = 0;
        try (KafkaConsumer<String, String> consumer =
                ProxiedClients.consumer(line.bootstrapServers(), "soak", Map.of("reconnect.backoff.max.ms", 50))) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
                for (ConsumerRecord<String, String> next : consumer.poll(Duration.ofMillis(100))) {
                    int number = expected.merge(next.partition(), PARTITIONS, Integer::sum) - PARTITIONS;
                    assertThat(next.value()).isEqualTo(Integer.toString(number));
                    count++;
                    if (random.nextInt(RECORDS_BETWEEN_CUTS) == 0) {
                        line.cut();
                    }
                }
            }
        }
        return count;
    }
}
