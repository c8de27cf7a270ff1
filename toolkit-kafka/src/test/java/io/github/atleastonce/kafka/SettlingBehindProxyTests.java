package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.Append;
import io.github.atleastonce.kafka.proxy.AppendVerdict;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.kafka.proxy.Watch;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever consumers do, nothing has settled before all is handled that was sent; handlers here take longer than anybody who is wrong about that. */
class SettlingBehindProxyTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;

    private final AtomicInteger handled = new AtomicInteger();

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

    /** Its clock commits at the next poll. Consumers of the newer protocol may commit what is still in hand: that cannot be told from the outside. */
    @Test
    void whoCommitsAutomaticallyIsWaitedFor() {
        Map<String, String> automatic =
                new HashMap<>(Map.of("enable.auto.commit", "true", "auto.commit.interval.ms", "20"));
        String topic = topic("automatic");
        try (Listener service =
                new Listener(proxy.bootstrapServers(), topic, topic, automatic, order -> handleSlowly())) {
            service.start();

            assertHolds(topic, scenario -> {
                scenario.channel(topic).send("o-1", "10");
                scenario.channel(topic).send("o-2", "20");
                scenario.settle();
                assertThat(handled).hasValue(2);
            });
        }
    }

    /** The page of a failure shows them. */
    @Test
    void theHistoryTellsHowFarAGroupHasCommitted() {
        String topic = topic("committed");
        List<Event> told = new ArrayList<>();
        try (Listener service =
                new Listener(proxy.bootstrapServers(), topic, topic, order -> handled.incrementAndGet())) {
            service.start();

            assertHolds(topic, scenario -> {
                scenario.channel(topic).send("o-1", "10");
                scenario.settle();
                scenario.channel(topic).send("o-2", "20");
                scenario.channel(topic).send("o-3", "30");
                scenario.settle();
                told.clear();
                told.addAll(ScenarioRun.of(scenario).history().events());
            });
        }
        assertThat(told)
                .filteredOn(Event.Committed.class::isInstance)
                .first()
                .isEqualTo(new Event.Committed(topic, topic, 0, 1));
        assertThat(told)
                .filteredOn(Event.Committed.class::isInstance)
                .last()
                .isEqualTo(new Event.Committed(topic, topic, 0, 3));
    }

    /** The commit of a generation that is over is refused, so the record comes again. */
    @Test
    void aCommitThatIsRefusedIsNone() {
        String topic = topic("refused");
        AtomicBoolean removed = new AtomicBoolean();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Listener service = new Listener(proxy.bootstrapServers(), topic, topic, order -> {
                    if (removed.compareAndSet(false, true)) {
                        admin.removeMembersFromConsumerGroup(topic, new RemoveMembersFromConsumerGroupOptions())
                                .all()
                                .get();
                    }
                    handleSlowly();
                })) {
            service.start();

            assertHolds(topic, scenario -> {
                removed.set(false);
                scenario.channel(topic).send("o-1", "10");
                scenario.settle();
                assertThat(handled).hasValue(2);
            });
        }
    }

    /** It has not committed what it had in hand, so somebody else gets it. */
    @Test
    void whatAMemberThatLeavesHadInHandIsWaitedFor() {
        String topic = topic("leaving");
        AtomicBoolean left = new AtomicBoolean();
        CountDownLatch closed = new CountDownLatch(1);
        Listener second = new Listener(proxy.bootstrapServers(), topic, topic, order -> handleSlowly());
        Listener first = new Listener(proxy.bootstrapServers(), topic, topic, order -> {
            if (left.compareAndSet(false, true)) {
                second.start();
                closed.countDown();
                throw new WakeupException();
            }
        });
        try (first;
                second) {
            first.start();

            assertHolds(topic, scenario -> {
                scenario.channel(topic).send("o-1", "10");
                scenario.settle();
                assertThat(closed.getCount()).isZero();
                assertThat(handled).hasValue(1);
            });
        }
    }

    /** Nobody tells what was sent by another way, and the record that it was sent for is committed. */
    @Test
    void whatIsSentByAnotherWayIsWaitedFor() {
        String topic = topic("beside");
        String next = topic("beside-next");
        try (KafkaProducer<String, String> straight = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer());
                Listener service = new Listener(
                        proxy.bootstrapServers(),
                        topic,
                        topic,
                        order -> straight.send(new ProducerRecord<>(next, "o-1", "10"))
                                .get());
                Listener other = new Listener(proxy.bootstrapServers(), next, next, order -> handleSlowly())) {
            service.start();
            other.start();

            assertHolds(proxy, List.of(topic, next), oneMessageIsHandled(topic, 1), "");
        }
    }

    @Test
    void whoReadsByAnotherWayIsWaitedFor() {
        String topic = topic("unseen");
        try (Listener service =
                        new Listener(proxy.bootstrapServers(), topic, topic, order -> handled.incrementAndGet());
                Listener unseen =
                        new Listener(broker.bootstrapServers(), topic + "-unseen", topic, order -> handleSlowly())) {
            service.start();
            unseen.start();

            assertHolds(topic, oneMessageIsHandled(topic, 2));
        }
    }

    /** It does not wait for the answer to what it sends, and its own record is committed before that. */
    @Test
    void whatTheBrokerHasNotAnsweredIsWaitedFor() {
        String topic = topic("unawaited");
        String next = topic("unawaited-next");
        Semaphore seen = new Semaphore(0);
        try (FaultProxy slow = FaultProxy.before(broker.bootstrapServers());
                FaultProxy before = FaultProxy.before(slow.bootstrapServers());
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", before.bootstrapServers(), "linger.ms", "0"),
                        new StringSerializer(),
                        new StringSerializer());
                Listener service = new Listener(before.bootstrapServers(), topic, topic, order -> {
                    producer.send(new ProducerRecord<>(next, "o-1", "10"));
                    seen.acquire();
                });
                Listener other =
                        new Listener(before.bootstrapServers(), next, next, order -> handled.incrementAndGet())) {
            slow.watch(new Watch() {

                @Override
                public AppendVerdict appending(List<Append> batches) {
                    seen.release();
                    takeTime();
                    return Watch.super.appending(batches);
                }
            });
            service.start();
            other.start();

            assertHolds(before, List.of(topic, next), oneMessageIsHandled(topic, 1), "");
        }
    }

    /** It commits for nobody, so nobody can wait for it; others are waited for. */
    @Test
    void whoReadsWithoutAGroupIsNamed() throws Exception {
        String topic = topic("alone");
        AtomicBoolean closing = new AtomicBoolean();
        KafkaConsumer<byte[], byte[]> alone = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        proxy.bootstrapServers(),
                        "client.id",
                        "auditor",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        Thread auditor = new Thread(() -> {
            alone.assign(List.of(new TopicPartition(topic, 0)));
            while (!closing.get()) {
                alone.poll(Duration.ofMillis(10));
            }
            alone.close();
        });
        auditor.start();
        try (Listener service = new Listener(proxy.bootstrapServers(), topic, topic, order -> handleSlowly())) {
            service.start();

            assertHolds(
                    proxy,
                    List.of(topic),
                    oneMessageIsHandled(topic, 1),
                    "nobody waits until 'auditor' has handled what it reads from 'alone', since it is no member of a"
                            + " group");
        } finally {
            closing.set(true);
            auditor.join();
        }
    }

    private static String topic(String name) {
        broker.createTopics(Map.of(name, 1));
        return name;
    }

    private void handleSlowly() {
        takeTime();
        handled.incrementAndGet();
    }

    private static void takeTime() {
        try {
            assertThat(new CountDownLatch(1).await(120, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Body oneMessageIsHandled(String topic, int times) {
        return scenario -> {
            scenario.channel(topic).send("o-1", "10");
            scenario.settle();
            assertThat(handled).hasValue(times);
        };
    }

    private void assertHolds(String topic, Body body) {
        assertHolds(proxy, List.of(topic), body, "");
    }

    private void assertHolds(FaultProxy before, List<String> topics, Body body, String remark) {
        AtomicInteger settled = new AtomicInteger();
        try (KafkaCluster bare = new KafkaCluster(broker.bootstrapServers(), topics)) {
            KafkaCluster kafka = bare.behind(before);
            Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE)
                    .on(kafka)
                    .within(kafka.bounds().withMaxFaults(0))
                    .explore(scenario -> {
                        handled.set(0);
                        body.run(scenario);
                        settled.incrementAndGet();
                    });

            assertThat(outcome).isNotInstanceOfAny(Outcome.Failed.class, Outcome.Flaky.class);
            assertThat(outcome.toString()).contains(remark);
            assertThat(settled).hasPositiveValue();
        }
    }

    private interface Body {
        void run(Scenario scenario) throws ExecutionException, InterruptedException;
    }
}
