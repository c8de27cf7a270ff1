package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.check.Messages;
import io.github.atleastonce.evolution.EventArchive;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Each fault against an ordinary consumer that it breaks, and against its twin that holds. */
class KafkaFaultTests {

    private static final Duration SOON = Duration.ofSeconds(2);

    private static Broker broker;

    private String topic;
    private KafkaCluster kafka;

    @BeforeAll
    static void startBroker() {
        broker = Broker.start(name -> Optional.empty());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void connect(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        broker.createTopics(Map.of(topic, 2));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of(topic));
    }

    @AfterEach
    void disconnect() {
        kafka.close();
        broker.deleteTopics(List.of(topic));
    }

    @Test
    void tellsHowFarAServiceHasCommitted() {
        Outcome outcome = explore(Fault.DUPLICATE, scenario -> {
            scenario.service("shop", life -> {
                life.subscribe(topic, String.class, order -> {});
                return life;
            });
            scenario.channel(topic).send(keyOf(0), "one");
            scenario.channel(topic).send(keyOf(0), "two");
            scenario.settle();
            long end = scenario.history()
                    .of(Event.Delivered.class)
                    .mapToLong(delivered -> delivered.message().offset() + 1)
                    .max()
                    .orElseThrow();
            assertThat(scenario.history().of(Event.Committed.class))
                    .last()
                    .isEqualTo(new Event.Committed("shop", topic, 0, end));
            scenario.channel(topic).send(keyOf(0), "three");
            scenario.settle();
            assertThat(scenario.history().of(Event.Committed.class))
                    .last()
                    .satisfies(committed -> assertThat(committed.offset()).isGreaterThan(end));
            assertThat(end).isLessThan(3);
        });

        // A copy moves the end of the log.
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void duplicatesReachAConsumerThatCounts() {
        AtomicInteger count = new AtomicInteger();
        try (Listener listener = listener(next -> count.incrementAndGet())) {
            listener.start();
            Outcome outcome = explore(scenario -> {
                count.set(0);
                sendTwo(scenario);
                assertThat(count).hasValue(2);
            });

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.token()).hasToString("1:duplicate(" + topic + "[k1])");
                assertThat(failed.cause()).isInstanceOf(AssertionError.class);
            });
        }
    }

    @Test
    void duplicatesPassAConsumerThatRemembers() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Listener listener = listener(next -> seen.add(Listener.text(next.key())))) {
            listener.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                sendTwo(scenario);
                assertThat(seen).hasSize(2);
            });

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Passed.class,
                            passed -> assertThat(passed.claim())
                                    .asString()
                                    .startsWith("holds under every schedule with ≤ 1 fault"));
        }
    }

    @Test
    void anotherPartitionMayGoFirst() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Listener listener = listener(next -> order.add(Listener.text(next.value())))) {
            listener.start();
            Outcome outcome = explore(Fault.REORDER, scenario -> {
                order.clear();
                scenario.channel(topic).send(keyOf(0), "created");
                scenario.channel(topic).send(keyOf(1), "paid");
                scenario.settle();
                assertThat(order).containsExactly("created", "paid");
            });

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.token())
                                    .hasToString("1:reorder(" + topic + "[k1]," + topic + "[k2])"));
        }
    }

    @Test
    void aPartitionKeepsItsOrder() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Listener listener = listener(next -> order.add(Listener.text(next.value())))) {
            listener.start();
            Outcome outcome = ScenarioRunner.of(Fault.REORDER, Fault.DELAY)
                    .on(kafka)
                    .within(Bounds.DEFAULT.withMaxFaults(2))
                    .explore(scenario -> {
                        order.clear();
                        scenario.channel(topic).send(keyOf(0), "created");
                        scenario.channel(topic).send(keyOf(0), "paid");
                        scenario.channel(topic).send(keyOf(1), "other");
                        scenario.settle();
                        assertThat(order)
                                .containsSubsequence("created", "paid")
                                .contains("other")
                                .hasSize(3);
                    });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void aDelayedRecordComesAfterAllElse() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Listener listener = listener(next -> order.add(Listener.text(next.value())))) {
            listener.start();
            Outcome outcome = explore(Fault.DELAY, scenario -> {
                order.clear();
                scenario.channel(topic).send(keyOf(0), "reserved");
                scenario.channel(topic).send(keyOf(1), "expired");
                scenario.settle();
                assertThat(order).endsWith("expired");
            });

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.token()).hasToString("1:delay(" + topic + "[k1])"));
        }
    }

    @Test
    void anUnreadableRecordBlocksAConsumerThatDiesOfIt() {
        try (Listener listener = listener(next -> Integer.parseInt(Listener.text(next.value())))) {
            listener.start();
            Outcome outcome = within(Duration.ofSeconds(6), Fault.POISON, this::sendTwo);

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.token()).hasToString("1:poison(" + topic + "[k1])");
                assertThat(failed.cause())
                        .isInstanceOf(NotSettledException.class)
                        .hasMessageContaining("the topic '" + topic + "', whose consumers have all gone");
            });
        }
    }

    @Test
    void anUnreadableRecordPassesAConsumerThatPutsItAside() {
        AtomicInteger total = new AtomicInteger();
        try (Listener listener = listener(next -> {
            try {
                total.addAndGet(Integer.parseInt(Listener.text(next.value())));
            } catch (NumberFormatException unreadable) {
                // put aside
            }
        })) {
            listener.start();
            Outcome outcome = explore(Fault.POISON, scenario -> {
                total.set(0);
                sendTwo(scenario);
                assertThat(total).hasValue(30);
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void recordsAreThoseOfAnOrdinaryProducer() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (Listener listener = listener(next -> seen.add(Listener.text(next.key()) + " "
                + Listener.text(next.value()) + " "
                + Listener.text(next.headers().lastHeader("tenant").value())))) {
            listener.start();
            explore(scenario -> {
                Headers headers = Headers.of(Map.of("tenant", "42"));
                scenario.channel(topic).send(new Message("m-1", "o-1", "Paid", headers, Map.of("amount", 10)));
                scenario.settle();
                assertThat(seen).isNotEmpty();
            });

            assertThat(seen).containsOnly("o-1 {\"amount\":10} 42");
        }
    }

    @Test
    void whatServicesSendIsSettledToo() {
        String replies = topic + "-replies";
        broker.createTopics(Map.of(replies, 1));
        Set<String> replied = ConcurrentHashMap.newKeySet();
        try (KafkaCluster both = new KafkaCluster(broker.bootstrapServers(), List.of(topic, replies));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                Listener first = listener(next -> producer.send(new ProducerRecord<>(replies, next.key(), next.value()))
                        .get());
                Listener second = new Listener(
                        broker.bootstrapServers(), replies, replies, next -> replied.add(Listener.text(next.key())))) {
            first.start();
            second.start();
            Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE)
                    .on(both)
                    .within(both.bounds().withMaxFaults(2))
                    .explore(scenario -> {
                        replied.clear();
                        sendTwo(scenario);
                        assertThat(replied).hasSize(2);
                    });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void aRunDoesNotSeeWhatABrokenOneLeft() {
        try (Listener broken = listener(next -> {
            throw new IllegalStateException("the test lets this consumer die");
        })) {
            broken.start();
            assertThat(hastily(Fault.DUPLICATE, this::sendTwo)).isInstanceOf(Outcome.Failed.class);
        }
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (Listener sound = new Listener(
                broker.bootstrapServers(), topic + "-2", topic, next -> seen.add(Listener.text(next.value())))) {
            sound.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                scenario.channel(topic).send("o-9", "new");
                scenario.settle();
                assertThat(seen).containsOnly("new");
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    /** A test brings its state back before it takes a scenario, so a slow handler must have ended by then. */
    @Test
    void aTestDoesNotSeeWhatASlowHandlerStillDoes() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch never = new CountDownLatch(1);
        try (Listener listener = listener(next -> {
            if (Listener.text(next.value()).equals("slow")) {
                assertThat(never.await(1, TimeUnit.SECONDS)).isFalse();
            }
            seen.add(Listener.text(next.value()));
        })) {
            listener.start();
            Outcome unsettled = ScenarioRunner.of(Fault.DUPLICATE)
                    .on(kafka)
                    .within(kafka.bounds().withSettleTimeout(Duration.ofMillis(100)))
                    .explore(scenario -> {
                        scenario.channel(topic).send("o-1", "slow");
                        scenario.settle();
                    });
            seen.clear();
            Outcome next = explore(scenario -> {
                seen.removeAll(List.of("new"));
                scenario.channel(topic).send("o-9", "new");
                scenario.settle();
                assertThat(seen).containsOnly("new");
                seen.clear();
            });

            assertThat(unsettled).isInstanceOf(Outcome.Failed.class);
            assertThat(next).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void saysHowFarAConsumerHasCome() {
        try (Listener listener = listener(next -> {
            if (Listener.text(next.value()).equals("20")) {
                throw new IllegalStateException("the test lets this consumer die");
            }
        })) {
            listener.start();
            Outcome outcome = within(Duration.ofSeconds(6), Fault.DUPLICATE, scenario -> {
                scenario.channel(topic).send(keyOf(0), "10");
                scenario.settle();
                scenario.channel(topic).send(keyOf(0), "20");
                scenario.settle();
            });

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.token().deviations()).isEmpty();
                assertThat(failed.cause())
                        .hasMessageContaining(
                                topic + "-0: group " + topic + " has committed 1 of the 2 records of this run");
            });
        }
    }

    @Test
    void sparesTheRecordsOfAClusterThatIsNotOurs() throws Exception {
        TopicPartition first = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                KafkaCluster sparing = new KafkaCluster(broker.bootstrapServers(), List.of(topic)).sparingRecords()) {
            producer.send(new ProducerRecord<>(topic, 0, new byte[0], new byte[0]))
                    .get();

            sparing.deleteRecords();
            assertThat(startOf(first, admin)).isZero();

            kafka.deleteRecords();
            assertThat(startOf(first, admin)).isOne();
        }
    }

    private static long startOf(TopicPartition partition, Admin admin) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .all()
                .get()
                .get(partition)
                .offset();
    }

    @Test
    void saysThatNobodyListens() {
        assertThat(hastily(Fault.DUPLICATE, this::sendTwo))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessageContaining("No consumer group was assigned to the topic '" + topic + "'")
                                .hasMessageContaining("does a listener subscribe to it"));
    }

    @Test
    void saysThatATopicIsUnknown() {
        assertThat(explore(scenario -> scenario.channel("nowhere").send("a")))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessageContaining("There is no topic 'nowhere'")
                                .hasMessageContaining("@KafkaBroker(topics = @Topic(name = \"nowhere\"))"));
    }

    @Test
    void saysThatATopicIsWhatItIs() {
        assertThat(explore(scenario -> scenario.channel(topic, ChannelOptions.partitions(3))))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessageContaining("A topic of Kafka is what it is"));
    }

    @Test
    void refusesFaultsThatItCannotInject() {
        assertThatThrownBy(() -> explore(Fault.DROP, this::sendTwo))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("None of the faults [DROP] is possible on Kafka");
    }

    /** An application that the body starts might commit, and none did. */
    @Test
    void showsNothingWhereNobodyCommitsInTheRun() {
        Set<String> handled = ConcurrentHashMap.newKeySet();
        try (Listener listener = listener(next -> handled.add(Listener.text(next.key())))) {
            listener.start();
            assertThat(explore(Fault.REDELIVERY, scenario -> {
                        handled.clear();
                        sendTwo(scenario);
                        assertThat(handled).hasSize(2);
                    }))
                    .isNotInstanceOf(Outcome.Passed.class)
                    .asString()
                    .contains("REDELIVERY");
        }
    }

    record Placed(String orderId, String currency) {}

    /** The currency came with version 2. */
    private static EventArchive placed(Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("Placed"));
        Files.writeString(folder.resolve("v1.json"), "{\"orderId\":\"o-0\"}");
        Files.writeString(folder.resolve("v2.json"), "{\"orderId\":\"o-0\",\"currency\":\"EUR\"}");
        return EventArchive.at(folder.toString())
                .writtenBy(new ObjectMapper()::writeValueAsBytes, new Placed("o-0", "EUR"))
                .readBy(bytes -> new ObjectMapper().readValue(bytes, Placed.class));
    }

    /** Sends with a header that the application's own serializer adds; it is there on old records, too. */
    private void sendTyped(Scenario scenario, EventArchive archive) {
        new RecordFormat(RecordFormat.PLAIN.keys(), new Serializer<>() {

                    @Override
                    public byte[] serialize(String to, Object event) {
                        return RecordFormat.PLAIN.values().serialize(to, event);
                    }

                    @Override
                    public byte[] serialize(String to, org.apache.kafka.common.header.Headers headers, Object event) {
                        headers.add("type", event.getClass().getSimpleName().getBytes(StandardCharsets.UTF_8));
                        return serialize(to, event);
                    }
                })
                .use(ScenarioRun.of(scenario));
        archive.olderReleasesSendTo(scenario, topic);
        scenario.channel(topic).send("o-1", new Placed("o-1", "EUR"));
        scenario.settle();
    }

    private Outcome oldRecords(Path directory, String currencyOfOldOnes) throws IOException {
        EventArchive archive = placed(directory);
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (Listener listener = listener(next -> {
            JsonNode event = new ObjectMapper().readTree(next.value());
            seen.add(Listener.text(next.headers().lastHeader("type").value()) + " "
                    + event.get("orderId").asText() + " "
                    + event.path("currency").asText(currencyOfOldOnes));
        })) {
            listener.start();
            return explore(Fault.OLD_SCHEMA, scenario -> {
                seen.clear();
                sendTyped(scenario, archive);
                assertThat(seen).containsExactly("Placed o-1 EUR");
            });
        }
    }

    @Test
    void oldRecordsReachAConsumerThatDoesNotExpectThem(@TempDir Path directory) throws IOException {
        assertThat(oldRecords(directory, "none")).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token()).hasToString("1:old_schema(" + topic + "[k1],v1)");
            assertThat(failed.cause()).hasMessageContaining("Placed o-1 none");
        });
    }

    @Test
    void oldRecordsPassAConsumerThatDoes(@TempDir Path directory) throws IOException {
        assertThat(oldRecords(directory, "EUR")).isInstanceOf(Outcome.Passed.class);
    }

    /** A service of the scenario itself, which wants objects. */
    private Outcome oldRecordsForAService(Path directory, String currencyOfOldOnes) throws IOException {
        EventArchive archive = placed(directory);
        return explore(Fault.OLD_SCHEMA, scenario -> {
            List<String> booked = new ArrayList<>();
            scenario.service("books", life -> {
                life.subscribe(topic, Placed.class, placed -> {
                    String currency = placed.currency() == null ? currencyOfOldOnes : placed.currency();
                    booked.add(placed.orderId() + " " + currency);
                });
                return booked;
            });
            sendTyped(scenario, archive);
            assertThat(booked).containsExactly("o-1 EUR");
        });
    }

    @Test
    void oldRecordsReachAServiceThatDoesNotExpectThem(@TempDir Path directory) throws IOException {
        assertThat(oldRecordsForAService(directory, "none")).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token()).hasToString("1:old_schema(" + topic + "[k1],v1)");
            assertThat(failed.cause()).hasMessageContaining("o-1 none");
        });
    }

    @Test
    void oldRecordsPassAServiceThatDoes(@TempDir Path directory) throws IOException {
        assertThat(oldRecordsForAService(directory, "EUR")).isInstanceOf(Outcome.Passed.class);
    }

    /** What is asserted about the messages of a topic is asserted about the event. */
    @Test
    void anOldRecordIsTheEventToAssertionsAboutMessages(@TempDir Path directory) throws IOException {
        EventArchive archive = placed(directory);
        Outcome outcome = explore(Fault.OLD_SCHEMA, scenario -> {
            scenario.service("books", life -> {
                life.subscribe(topic, Placed.class, placed -> {});
                return archive;
            });
            sendTyped(scenario, archive);
            assertThat(Messages.of(scenario, topic)).payloads().containsExactly(new Placed("o-1", "EUR"));
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    private void sendTwo(Scenario scenario) {
        scenario.channel(topic).send("o-1", "10");
        scenario.channel(topic).send("o-2", "20");
        scenario.settle();
    }

    private Outcome explore(ScenarioRunner.Body body) {
        return explore(Fault.DUPLICATE, body);
    }

    private Outcome explore(Fault fault, ScenarioRunner.Body body) {
        return ScenarioRunner.of(fault).on(kafka).within(kafka.bounds()).explore(body);
    }

    /** Waits for what does not come, which is not for long: what does come may take longer on a busy machine. */
    private Outcome hastily(Fault fault, ScenarioRunner.Body body) {
        return within(SOON, fault, body);
    }

    private Outcome within(Duration settleTimeout, Fault fault, ScenarioRunner.Body body) {
        return ScenarioRunner.of(fault)
                .on(kafka)
                .within(kafka.bounds().withSettleTimeout(settleTimeout))
                .explore(body);
    }

    private Listener listener(Listener.Handler handler) {
        return new Listener(broker.bootstrapServers(), topic, topic, handler);
    }

    /** Finds a key that Kafka's own producer puts into a partition of two. */
    static String keyOf(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "o-" + i)
                .filter(key -> BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), 2) == partition)
                .findFirst()
                .orElseThrow();
    }
}
