package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What must have happened before a scenario has settled, with consumers of every kind. */
class SettlingOnKafkaTests {

    private static Broker broker;
    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    private String topic;
    private String replies;
    private KafkaCluster kafka;

    @BeforeAll
    static void start() {
        broker = Broker.start(name -> Optional.empty());
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        admin.close();
        broker.close();
    }

    @BeforeEach
    void connect(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        replies = topic + "-replies";
        broker.createTopics(Map.of(topic, 2, replies, 1));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of(topic, replies));
    }

    @AfterEach
    void disconnect() {
        kafka.close();
        broker.deleteTopics(List.of(topic, replies));
    }

    @Test
    void whatServicesSendByTheirOwnProducersIsAwaited() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Listener listener = listener(topic, Map.of(), next -> seen.add(Listener.text(next.value())))) {
            listener.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                scenario.channel(topic).send("o-1", "first");
                scenario.settle();
                for (int i = 0; i < 50; i++) {
                    send(topic, "direct-" + i);
                }
                scenario.settle();
                assertThat(seen).hasSize(51);
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    /** A consumer that backs off meets what came meanwhile, and what a DELAY had held back. */
    @Test
    void aRetryTakesTime() {
        List<String> handled = new ArrayList<>();
        Outcome outcome = ScenarioRunner.of(Fault.DELAY).on(kafka).explore(scenario -> {
            handled.clear();
            scenario.consumer("shop", replies, String.class, handled::add);
            scenario.service("orders", life -> {
                life.subscribe(topic, String.class, order -> {
                    if (!handled.contains("customer")) {
                        throw new IllegalStateException("the customer is not there yet");
                    }
                    handled.add(order);
                });
                return life;
            });
            scenario.channel(replies).send("c-1", "customer");
            scenario.channel(topic).send("o-1", "order");
            scenario.settle();
            assertThat(handled).containsExactly("customer", "order");
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void whatAPollerSendsIsAwaited() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<String> outbox = new ArrayList<>();
        try (Listener listener = listener(replies, Map.of(), next -> seen.add(Listener.text(next.value())))) {
            listener.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                outbox.clear();
                scenario.service("relay", life -> {
                    life.subscribe(topic, String.class, outbox::add);
                    life.poll("relay", () -> {
                        boolean some = !outbox.isEmpty();
                        outbox.forEach(text -> send(replies, text));
                        outbox.clear();
                        return some;
                    });
                    return outbox;
                });
                scenario.channel(topic).send("o-1", "a");
                scenario.settle();
                assertThat(seen).containsExactly("a");
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void recordsOfOthersKeepTheOrderOfTheirPartition() {
        List<String> seen = new ArrayList<>();
        Outcome outcome = explore(scenario -> {
            seen.clear();
            scenario.consumer("reader", replies, String.class, seen::add);
            send(replies, "foreign");
            scenario.channel(replies).send("o-1", "own");
            scenario.settle();
            assertThat(seen).startsWith("foreign", "own");
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aDrivenServiceAndAGroupFeedEachOther() {
        List<String> seen = new ArrayList<>();
        try (Listener listener = listener(topic, Map.of(), next -> send(replies, Listener.text(next.value()) + "!"))) {
            listener.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                scenario.consumer("reader", replies, String.class, seen::add);
                scenario.channel(topic).send("o-1", "a");
                scenario.settle();
                assertThat(Set.copyOf(seen)).containsExactly("a!");
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void membersOfAGroupShareTheWork() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Listener one = listener(topic, Map.of(), next -> seen.add(Listener.text(next.value())));
                Listener two = listener(topic, Map.of(), next -> seen.add(Listener.text(next.value())))) {
            one.start();
            two.start();
            assertThat(explore(scenario -> {
                        seen.clear();
                        send(scenario, 6);
                        assertThat(seen).hasSize(6);
                    }))
                    .isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void aGroupThatJoinsBetweenRunsIsAwaited() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger answered = new AtomicInteger();
        try (Listener first = listener(topic, Map.of(), next -> {
                    send(replies, Listener.text(next.value()));
                    answered.incrementAndGet();
                });
                Listener second = listener(replies, Map.of(), next -> seen.add(Listener.text(next.value())))) {
            first.start();
            assertThat(explore(scenario -> {
                        answered.set(0);
                        send(scenario, 1);
                        assertThat(answered.get()).isPositive();
                    }))
                    .isInstanceOf(Outcome.Passed.class);
            second.start();
            assertThat(explore(scenario -> {
                        seen.clear();
                        send(scenario, 1);
                        assertThat(seen).contains("0");
                    }))
                    .isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void listenersOfSeveralTopicsMayShareAGroup() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (Listener first = new Listener(
                        broker.bootstrapServers(), topic, topic, next -> send(replies, Listener.text(next.value())));
                Listener second = new Listener(
                        broker.bootstrapServers(), topic, replies, next -> seen.add(Listener.text(next.value())))) {
            first.start();
            second.start();
            assertThat(explore(scenario -> {
                        seen.clear();
                        send(scenario, 1);
                        assertThat(seen).contains("0");
                    }))
                    .isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void consumersMayCommitByTheClock() {
        assertThat(eachRecordIsAwaited(Map.of("enable.auto.commit", "true", "auto.commit.interval.ms", "20"))
                        .remarks())
                .noneMatch(remark -> remark.contains("commits automatically"));
    }

    @Test
    void groupsOfTheNewProtocolAreKnown() {
        assumeThat(Protocol.CONSUMER).matches(Protocol::isSpoken);

        assertThat(eachRecordIsAwaited(Protocol.CONSUMER.settings()).remarks())
                .contains(
                        "group '" + topic
                                + "' has group.protocol=consumer: if it commits automatically, what its handlers still have in hand counts as done");
    }

    @Test
    void aLateCopyOnOneOfSeveralTopics() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<String> all = Collections.synchronizedList(new ArrayList<>());
        Listener.Handler handler = next -> {
            seen.add(next.topic());
            all.add(Listener.text(next.value()));
        };
        try (Listener one = listener(topic, Map.of(), handler);
                Listener two = listener(replies, Map.of(), handler)) {
            one.start();
            two.start();
            Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE)
                    .on(kafka)
                    .within(kafka.bounds().withMaxFaults(2))
                    .explore(scenario -> {
                        seen.clear();
                        all.clear();
                        scenario.channel(topic).send("o-1", "a");
                        scenario.channel(replies).send("o-1", "b");
                        scenario.settle();
                        assertThat(seen).hasSize(2);
                        assertThat(all).startsWith("a");
                    });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void anUnreadableRecordFailsADrivenServiceThatReadsNumbers() {
        Outcome outcome = ScenarioRunner.of(Fault.POISON).on(kafka).explore(scenario -> {
            scenario.consumer("reader", topic, Integer.class, number -> {});
            scenario.channel(topic).send("o-1", 10);
            scenario.settle();
        });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .hasMessageContaining("'reader' threw 3 times (maxAttempts)"));
    }

    @Test
    void aTopicMayBeUsedThatNobodyDeclared() {
        String undeclared = topic + "-undeclared";
        broker.createTopics(Map.of(undeclared, 1));
        Set<String> seen = ConcurrentHashMap.newKeySet();
        send(undeclared, "from earlier");
        try (Listener listener = listener(undeclared, Map.of(), next -> seen.add(Listener.text(next.value())))) {
            listener.start();
            assertThat(explore(scenario -> {
                        seen.clear();
                        scenario.channel(undeclared).send("o-1", "a");
                        scenario.settle();
                        assertThat(seen).contains("a");
                    }))
                    .isInstanceOf(Outcome.Passed.class);
        }
        broker.deleteTopics(List.of(undeclared));
    }

    @Test
    void whoBeginsAtTheEndSeesWhatIsSentOnceItHasBegun() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Listener listener =
                listener(topic, Map.of("auto.offset.reset", "latest"), next -> seen.add(Listener.text(next.value())))) {
            listener.start();
            await().until(() -> hasCommitted(topic));
            assertThat(explore(scenario -> {
                        seen.clear();
                        send(scenario, 4);
                        assertThat(seen).hasSize(4);
                    }))
                    .isInstanceOf(Outcome.Passed.class);
        }
    }

    /** It has lost a record, so that its test fails as it stands, and no fault is named. */
    @Test
    void whoBeginsAtTheEndTooLateFailsWithoutAFault() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Listener listener =
                listener(topic, Map.of("auto.offset.reset", "latest"), next -> seen.add(Listener.text(next.value())))) {
            listener.startLate();
            assertThat(explore(scenario -> {
                        seen.clear();
                        send(scenario, 1);
                        assertThat(seen).hasSize(1);
                    }))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.token().deviations()).isEmpty());
        }
    }

    /** Its commits tell of nothing yet. */
    @Test
    void whoBeginsAtTheEndTooLateAndCommitsOnlyItsWorkIsTold() {
        try (Listener listener = listener(
                topic,
                Map.of(
                        "auto.offset.reset",
                        "latest",
                        "enable.auto.commit",
                        "true",
                        "auto.commit.interval.ms",
                        "600000"),
                next -> {})) {
            listener.startLate();
            assertThat(ScenarioRunner.of(Fault.DUPLICATE)
                            .on(kafka)
                            .within(kafka.bounds().withSettleTimeout(Duration.ofMillis(500)))
                            .explore(scenario -> send(scenario, 1)))
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                        assertThat(failed.token().deviations()).isEmpty();
                        assertThat(failed.cause())
                                .hasMessageContaining(
                                        "it has never committed: with auto.offset.reset=latest it may have missed them");
                    });
        }
    }

    /** Nothing says that it will come, so that the first runs are the fault-free ones of another system. */
    @Test
    void aListenerThatJoinsLateIsPartOfTheFaultFreeRun() {
        AtomicInteger runs = new AtomicInteger();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Listener one = listener(topic, Map.of(), next -> seen.add(Listener.text(next.value())));
                Listener other =
                        new Listener(broker.bootstrapServers(), topic + "-late", topic, Map.of(), next -> {})) {
            one.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                send(scenario, 1);
                assertThat(seen).hasSize(1);
                if (runs.incrementAndGet() == 1) {
                    other.start();
                    await().until(() -> hasCommitted(topic + "-late"));
                }
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void theMarkerOfATransactionIsNoRecord() {
        Set<String> committed = ConcurrentHashMap.newKeySet();
        Set<String> uncommitted = ConcurrentHashMap.newKeySet();
        try (Listener one = transactionReader("read_committed", next -> committed.add(Listener.text(next.value())));
                Listener other =
                        transactionReader("read_uncommitted", next -> uncommitted.add(Listener.text(next.value())))) {
            one.start();
            other.start();
            Outcome outcome = explore(scenario -> {
                committed.clear();
                uncommitted.clear();
                scenario.channel(topic).send("o-1", "first");
                scenario.settle();
                inTransaction(sender -> {
                    sender.send(record(0, "a"));
                    sender.send(record(1, "b"));
                    sender.commitTransaction();
                });
                scenario.settle();
                assertThat(committed).containsExactlyInAnyOrder("first", "a", "b");
                assertThat(uncommitted).containsExactlyInAnyOrder("first", "a", "b");
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    /** It commits past the marker, too, sooner or later: what it has consumed are records all the same. */
    @Test
    void theMarkerOfATransactionIsNotCounted() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger runs = new AtomicInteger();
        try (Listener listener = listener(topic, Map.of(), next -> seen.add(Listener.text(next.value())))) {
            listener.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                scenario.channel(topic).send("o-1", "first");
                scenario.settle();
                inTransaction(sender -> {
                    sender.send(record(0, "a"));
                    sender.flush();
                    if (runs.incrementAndGet() % 2 == 0) {
                        await().until(() -> seen.contains("a"));
                    }
                    sender.commitTransaction();
                });
                scenario.settle();
                scenario.channel(topic).send("o-1", "last");
                scenario.settle();
                assertThat(seen).containsExactlyInAnyOrder("first", "a", "last");
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void aServiceOfTheScenarioPassesTheMarkerOfATransaction() {
        List<String> seen = new ArrayList<>();
        Outcome outcome = explore(scenario -> {
            seen.clear();
            scenario.consumer("reader", replies, String.class, seen::add);
            scenario.channel(replies).send("o-1", "first");
            scenario.settle();
            inTransaction(sender -> {
                sender.send(new ProducerRecord<>(replies, "a".getBytes(StandardCharsets.UTF_8)));
                sender.commitTransaction();
            });
            scenario.settle();
            assertThat(seen).contains("first", "a");
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    /** Where markers lie between records, and when one of the run before is written, is a matter of chance. */
    @Test
    void recordsOfOthersAreNumberedWithoutTheMarkersBetweenThem() {
        List<String> seen = new ArrayList<>();
        AtomicInteger runs = new AtomicInteger();
        Outcome outcome = explore(scenario -> {
            seen.clear();
            scenario.consumer("reader", replies, String.class, seen::add);
            scenario.channel(replies).send("o-1", "first");
            scenario.settle();
            boolean apart = runs.incrementAndGet() % 2 == 0;
            inTransaction(sender -> {
                sender.send(new ProducerRecord<>(replies, "a".getBytes(StandardCharsets.UTF_8)));
                if (apart) {
                    sender.commitTransaction();
                    sender.beginTransaction();
                }
                sender.send(new ProducerRecord<>(replies, "b".getBytes(StandardCharsets.UTF_8)));
                sender.commitTransaction();
            });
            scenario.settle();
            assertThat(seen).contains("first", "a", "b");
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aRecordBeforeTheMarkerIsAwaited() {
        try (Listener listener = transactionReader("read_committed", next -> {
            if (Listener.text(next.value()).equals("a")) {
                throw new IllegalStateException("died of a");
            }
        })) {
            listener.start();

            assertNotSettled(hastily(scenario -> {
                scenario.channel(topic).send("o-1", "first");
                scenario.settle();
                inTransaction(sender -> {
                    sender.send(record(0, "a"));
                    sender.commitTransaction();
                });
                scenario.settle();
            }));
        }
    }

    @Test
    void aRecordThatWasTakenBackIsNoneForWhoReadsWhatIsCommitted() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Listener listener = transactionReader("read_committed", next -> seen.add(Listener.text(next.value())))) {
            listener.start();
            Outcome outcome = hastily(scenario -> {
                seen.clear();
                scenario.channel(topic).send("o-1", "first");
                scenario.settle();
                inTransaction(sender -> {
                    sender.send(record(0, "a"));
                    sender.flush();
                    sender.abortTransaction();
                });
                scenario.settle();
                assertThat(seen).containsExactly("first");
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void aTransactionThatStaysOpenIsNotSettled() {
        try (Listener listener = transactionReader("read_committed", next -> {})) {
            listener.start();
            try (KafkaProducer<byte[], byte[]> sender = transactional()) {
                assertNotSettled(hastily(scenario -> {
                    scenario.channel(topic).send("o-1", "first");
                    scenario.settle();
                    sender.beginTransaction();
                    sender.send(record(0, "a"));
                    sender.flush();
                    scenario.settle();
                }));
            }
        }
    }

    private void assertNotSettled(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token().deviations()).isEmpty();
            assertThat(failed.cause())
                    .isInstanceOf(NotSettledException.class)
                    .hasMessageContaining(topic + "-0: group " + topic + "-read_committed has committed ");
        });
    }

    private Outcome hastily(ScenarioRunner.Body body) {
        return ScenarioRunner.of(Fault.DUPLICATE)
                .on(kafka)
                .within(kafka.bounds()
                        .withSettleTimeout(Duration.ofSeconds(2))
                        .withArrivalTimeout(Duration.ofMillis(200)))
                .explore(body);
    }

    private Listener transactionReader(String isolation, Listener.Handler handler) {
        return new Listener(
                        broker.bootstrapServers(),
                        topic + "-" + isolation,
                        topic,
                        Map.of("isolation.level", isolation),
                        handler)
                .committingRecords();
    }

    private ProducerRecord<byte[], byte[]> record(int partition, String text) {
        return new ProducerRecord<>(topic, partition, null, text.getBytes(StandardCharsets.UTF_8));
    }

    private void inTransaction(Consumer<KafkaProducer<byte[], byte[]>> work) {
        try (KafkaProducer<byte[], byte[]> sender = transactional()) {
            sender.beginTransaction();
            work.accept(sender);
        }
    }

    private KafkaProducer<byte[], byte[]> transactional() {
        KafkaProducer<byte[], byte[]> sender = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", topic),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        sender.initTransactions();
        return sender;
    }

    @Test
    void saysThatAnAddressIsNone() {
        assertThatThrownBy(() -> new KafkaCluster("nowhere", List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("The address of a Kafka cluster is wanted as host:port, but is 'nowhere'");
    }

    private Claim eachRecordIsAwaited(Map<String, String> settings) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Listener listener = listener(topic, settings, next -> seen.add(Listener.text(next.value())))) {
            listener.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                send(scenario, 3);
                assertThat(seen).hasSize(3);
            });
            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
            return ((Outcome.Passed) outcome).claim();
        }
    }

    private void send(Scenario scenario, int records) {
        for (int i = 0; i < records; i++) {
            scenario.channel(topic).send("o-" + i, Integer.toString(i));
        }
        scenario.settle();
    }

    private Outcome explore(ScenarioRunner.Body body) {
        return ScenarioRunner.of(Fault.DUPLICATE)
                .on(kafka)
                .within(kafka.bounds())
                .explore(body);
    }

    private static void send(String topic, String text) {
        try {
            producer.send(new ProducerRecord<>(topic, text.getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static boolean hasCommitted(String group) throws Exception {
        return !admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .isEmpty();
    }

    private static Listener listener(String topic, Map<String, String> settings, Listener.Handler handler) {
        return new Listener(broker.bootstrapServers(), topic, topic, settings, handler);
    }
}
