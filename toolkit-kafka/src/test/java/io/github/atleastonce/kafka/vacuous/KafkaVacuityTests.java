package io.github.atleastonce.kafka.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.KAFKA;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.BootstrapServers;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.vacuous.PassPage;
import io.github.atleastonce.vacuous.Seen;
import io.github.atleastonce.vacuous.Way;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Ways to pass without testing on a broker: each is told as the table has it, or stands there as open. */
class KafkaVacuityTests {

    private static List<Way> ways() {
        return List.of(
                way(
                                "K1",
                                "A batch listener loses what it has collected before an unreadable record",
                                CollectingTestCase.class)
                        .fails("POISON")
                        .today(),
                way("K2", "The listener acknowledges at once, before its only statement", TooEarlyTestCase.class)
                        .fails("CRASH")
                        .today(),
                way(
                                "K3",
                                "The listener returns a future, and its statement is on another thread",
                                AsynchronousTestCase.class)
                        .says("is not followed")
                        .today(),
                way("K4", "A claim with always() does not hold between two records of a listener", AlwaysTestCase.class)
                        .fails("the claim on the way")
                        .today(),
                way(
                                "K5",
                                "A claim with always() does not hold between two records of a consumer without Spring",
                                AlwaysWithoutSpringTestCase.class)
                        .invisible("a consumer of its own is not stopped between two records"),
                way("K6", "The test sends to a topic that nobody reads", WrongTopicTestCase.class)
                        .fails("No consumer group was assigned to the topic 'other'")
                        .today(),
                way("K7", "The error handler gives each record up, without any fault", FailingTestCase.class)
                        .fails("Nothing handled what the test sent to 'orders'")
                        .today(),
                way("K8", "The body asserts nothing", NothingTestCase.class)
                        .fails("passes even when nothing is delivered")
                        .today(),
                way("K9", "The container commits automatically, so it takes no part", AutoCommitTestCase.class)
                        .says("the listener of group 'desk' commits automatically")
                        .today(),
                way("K10", "A batch listener gets batches of one record", BatchOfOneTestCase.class)
                        .says("the listener of group 'desk' got batches of one record")
                        .today(),
                way(
                                "K11",
                                "Several consumers are asked for, and the topic has one partition",
                                OneConsumerTestCase.class)
                        .says("group 'desk' has one consumer, not 2, since its topics have no more partitions")
                        .today(),
                way("K12", "The test never settles", UnsettledTestCase.class)
                        .fails("Call scenario.settle()")
                        .today(),
                way("K13", "Threads of one container lose an update between them", RacingThreadsTestCase.class)
                        .fails("CONCURRENT")
                        .today(),
                way(
                                "K14",
                                "Beside a listener of a group another one assigns its partitions itself",
                                CopyBesideTestCase.class)
                        .says("the listener of group 'copy' assigns its partitions itself")
                        .today(),
                way("K15", "The only listener assigns its partitions itself", CopyAloneTestCase.class)
                        .fails("One that assigns its partitions itself is no member of a group")
                        .today(),
                way("K16", "Beside a listener of a group another one has no group at all", OnlookerTestCase.class)
                        .says("the listener 'onlooker' assigns its partitions itself")
                        .today());
    }

    private static Way.Draft way(String id, String does, Class<?> fixture) {
        return Way.way(id, KAFKA, does, fixture, null);
    }

    @TestFactory
    Stream<DynamicTest> areToldAsTheTableHasThem() {
        List<Way> ways = ways();
        List<Seen> seen = Way.runTogether(ways);
        return IntStream.range(0, ways.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        ways.get(i).id() + " " + ways.get(i).does(),
                        () -> ways.get(i).check(seen.get(i))));
    }

    @Test
    void batchesOfTwoAreBatches() {
        Way two = way("K10", "A batch listener gets a batch of two records", BatchOfTwoTestCase.class)
                .says("nothing");

        assertThat(Way.runTogether(List.of(two)).get(0).entries())
                .isNotEmpty()
                .noneMatch(entry -> entry.contains("batches of one record"));
    }

    @Test
    void areListedInThePage() {
        PassPage.lists("kafka", ways());
    }

    abstract static class DeskTestCase {

        @Autowired
        Desk desk;

        @BeforeEach
        void reset() {
            desk.reset();
        }

        static void sendTwo(Scenario scenario) {
            scenario.channel("orders").send("o-1", "book");
            scenario.channel("orders").send("o-2", "book");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Collecting.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class CollectingTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.POISON, maxFaults = 1)
        void booksBoth(Scenario scenario) {
            sendTwo(scenario);
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.TooEarly.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class TooEarlyTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void books(Scenario scenario) {
            scenario.channel("orders").send("o-1", "book");
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Asynchronous.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AsynchronousTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void books(Scenario scenario) {
            scenario.channel("orders").send("o-1", "book");
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Sound.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AlwaysTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void booksBothOrNone(Scenario scenario) {
            scenario.always(() ->
                    assertThat(desk.booked().size()).as("the claim on the way").isNotEqualTo(1));
            sendTwo(scenario);
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1", "o-2");
        }
    }

    @KafkaBroker(topics = @Topic(name = "plain"))
    static class AlwaysWithoutSpringTestCase {

        private final Set<String> arrived = new HashSet<>();
        private final Set<String> booked = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean over = new AtomicBoolean();
        private Thread thread;

        @BeforeEach
        void listen(@BootstrapServers String servers) {
            thread = new Thread(() -> consume(servers), "plain consumer");
            thread.start();
        }

        @AfterEach
        void stop() throws InterruptedException {
            over.set(true);
            thread.join();
        }

        private void consume(String servers) {
            Map<String, Object> consuming = Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    servers,
                    ConsumerConfig.GROUP_ID_CONFIG,
                    "plain",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest");
            try (KafkaConsumer<String, String> consumer =
                    new KafkaConsumer<>(consuming, new StringDeserializer(), new StringDeserializer())) {
                consumer.subscribe(List.of("plain"));
                while (!over.get()) {
                    ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(50));
                    records.forEach(order -> arrived.add(order.key()));
                    if (arrived.size() == 2) {
                        arrived.forEach(booked::add);
                    }
                    if (!records.isEmpty()) {
                        consumer.commitSync();
                    }
                }
            }
        }

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void booksBothOrNone(Scenario scenario) {
            scenario.always(
                    () -> assertThat(booked.size()).as("the claim on the way").isNotEqualTo(1));
            scenario.channel("plain").send("o-1", "book");
            scenario.channel("plain").send("o-2", "book");
            scenario.settle();
            assertThat(booked).hasSize(2);
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Sound.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "other")})
    @DirtiesContext
    static class WrongTopicTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void books(Scenario scenario) {
            scenario.channel("other").send("o-1", "book");
            scenario.settle();
            assertThat(desk.booked()).isEmpty();
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Failing.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class FailingTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void booksNothingTwice(Scenario scenario) {
            scenario.channel("orders").send("o-1", "book");
            scenario.settle();
            assertThat(desk.booked()).doesNotHaveDuplicates();
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Forgetful.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class NothingTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void books(Scenario scenario) {
            scenario.channel("orders").send("o-1", "book");
            scenario.settle();
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.AutoCommit.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AutoCommitTestCase extends DeskTestCase {

        @FaultTest(
                faults = {Fault.CRASH, Fault.DELAY},
                maxFaults = 1)
        void books(Scenario scenario) {
            scenario.channel("orders").send("o-1", "book");
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Sound.class, Desk.Copy.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class CopyBesideTestCase extends DeskTestCase {

        @FaultTest(maxFaults = 1)
        void booksOnce(Scenario scenario) {
            sendTwo(scenario);
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Sound.class, Desk.Onlooker.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class OnlookerTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void booksOnce(Scenario scenario) {
            scenario.channel("orders").send("o-1", "book");
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Copy.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class CopyAloneTestCase extends DeskTestCase {

        @FaultTest(maxFaults = 1)
        void copies(Scenario scenario) {
            sendTwo(scenario);
            scenario.settle();
            assertThat(desk.booked()).isEmpty();
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.SoundBatch.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class BatchOfOneTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void booksIt(Scenario scenario) {
            scenario.channel("orders").send("o-1", "book");
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.SoundBatch.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class BatchOfTwoTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void booksBoth(Scenario scenario) {
            sendTwo(scenario);
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.SoundPair.class})
    @KafkaBroker(topics = @Topic(name = "pairs"))
    @DirtiesContext
    static class OneConsumerTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void booksBoth(Scenario scenario) {
            scenario.channel("pairs").send("o-1", "book");
            scenario.channel("pairs").send("o-2", "book");
            scenario.settle();
            assertThat(desk.booked()).containsExactly("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.RacingTrio.class})
    @KafkaBroker(topics = @Topic(name = "trios", partitions = 3))
    @DirtiesContext
    static class RacingThreadsTestCase extends DeskTestCase {

        @FaultTest(
                faults = {Fault.DUPLICATE, Fault.REORDER, Fault.CONCURRENT},
                maxFaults = 1)
        void numbersThem(Scenario scenario) {
            for (String order : List.of("o-1", "o-2", "o-3")) {
                scenario.channel("trios").send(order, "book");
            }
            scenario.settle();
            assertThat(desk.booked())
                    .extracting(booked -> booked.replaceFirst("o-. as ", ""))
                    .containsExactlyInAnyOrder("number 0", "number 1", "number 2");
        }
    }

    @SpringJUnitConfig({Desk.Beans.class, Desk.Sound.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class UnsettledTestCase extends DeskTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void books(Scenario scenario) {
            scenario.channel("orders").send("o-1", "book");
        }
    }
}
