package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A group that waits for the answer of another one goes on as soon as it has it, and commits when the other one is done. */
class PassedOverTests {

    private static final List<String> TOPICS = List.of("questions", "answers");

    private final AtomicReference<CountDownLatch> answer = new AtomicReference<>(new CountDownLatch(1));
    private final AtomicReference<CountDownLatch> handled = new AtomicReference<>(new CountDownLatch(1));
    private final List<Long> committedMeanwhile = Collections.synchronizedList(new ArrayList<>());

    @Test
    void commitsWhenItHasTheTurnAgain() {
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", proxy.bootstrapServers(), "linger.ms", "0"),
                        new StringSerializer(),
                        new StringSerializer());
                Listener asking = new Listener(proxy.bootstrapServers(), "asking", "questions", question -> {
                    producer.send(new ProducerRecord<>("answers", "o-1", "10")).get();
                    assertThat(answer.get().await(20, TimeUnit.SECONDS)).isTrue();
                    handled.get().countDown();
                });
                Listener answering = new Listener(proxy.bootstrapServers(), "answering", "answers", question -> {
                    long before = committed(admin);
                    answer.get().countDown();
                    assertThat(handled.get().await(20, TimeUnit.SECONDS)).isTrue();
                    long begun = System.nanoTime();
                    long after = before;
                    while (after == before && System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(100)) {
                        after = committed(admin);
                    }
                    committedMeanwhile.add(after - before);
                })) {
            broker.createTopics(Map.of("questions", 1, "answers", 1));
            asking.start();
            answering.start();
            try (KafkaCluster kafka = new KafkaCluster(broker.bootstrapServers(), TOPICS).behind(proxy)) {
                Outcome outcome = ScenarioRunner.of(Fault.COMMIT_FAILED)
                        .on(kafka)
                        .within(kafka.bounds().withArrivalTimeout(Duration.ofMillis(1500)))
                        .explore(scenario -> {
                            answer.set(new CountDownLatch(1));
                            handled.set(new CountDownLatch(1));
                            scenario.channel("questions").send("o-1", "10");
                            scenario.settle();
                            assertThat(handled.get().getCount()).isZero();
                        });
                assertThat(outcome).isInstanceOf(Outcome.Passed.class);
            }
        }
        assertThat(committedMeanwhile).isNotEmpty().containsOnly(0L);
    }

    private static long committed(Admin admin) throws Exception {
        OffsetAndMetadata offset = admin.listConsumerGroupOffsets("asking")
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition("questions", 0));
        return offset == null ? 0 : offset.offset();
    }
}
