package io.github.atleastonce.kafka.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs classes with the annotation through the JUnit Platform; one broker for each launch. */
public class KafkaBrokerTests {

    private static final List<String> FAMILIAR = List.of(
            "spring.kafka.bootstrap-servers",
            "spring.embedded.kafka.brokers",
            "spring.cloud.stream.kafka.binder.brokers",
            "kafka.bootstrap.servers",
            "mp.messaging.connector.smallrye-kafka.bootstrap.servers");

    /** What fixtures have seen, for the test that ran them. */
    private static final Map<String, String> SEEN = new ConcurrentHashMap<>();

    @TempDir
    Path kept;

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @KafkaBroker(
            topics = {@Topic(name = "orders", partitions = 3), @Topic(name = "replies")},
            properties = "my.brokers")
    static class InjectedTestCase {

        InjectedTestCase(@BootstrapServers String servers) {
            SEEN.put("constructor", servers);
        }

        @BeforeAll
        static void prepare(@BootstrapServers String servers) throws Exception {
            SEEN.put("beforeAll", servers);
            FAMILIAR.forEach(name -> SEEN.put(name, String.valueOf(System.getProperty(name))));
            SEEN.put("my.brokers", String.valueOf(System.getProperty("my.brokers")));
            SEEN.put("reset", String.valueOf(System.getProperty("spring.kafka.consumer.auto-offset-reset")));
            SEEN.put("partitions", partitions(servers));
        }

        @Test
        void takesTheAddress(@BootstrapServers String servers) {
            SEEN.put("method", servers);
        }
    }

    @KafkaBroker(topics = @Topic(name = "orders"))
    static class OverKafkaTestCase {

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            addUpOnce(scenario);
        }

        @Nested
        class Inside {

            @Test
            void takesTheAddress(@BootstrapServers String servers) {
                SEEN.put("nested", servers);
            }

            @AtLeastOnceTest
            void addsUpOnceToo(Scenario scenario) {
                addUpOnce(scenario);
            }
        }
    }

    static class InMemoryTestCase {

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            addUpOnce(scenario);
        }
    }

    @KafkaBroker(topics = @Topic(name = "orders"))
    static class NeighbourTestCase {

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            addUpOnce(scenario);
        }

        @AtLeastOnceTest
        void addsUpOnceAgain(Scenario scenario) {
            addUpOnce(scenario);
        }

        @Test
        void takesTheAddress(@BootstrapServers String servers) {
            SEEN.put("neighbour", servers);
        }
    }

    @KafkaBroker(topics = @Topic(name = "orders"))
    static class ALeavingTestCase {

        @Test
        void leavesARecord(@BootstrapServers String servers) throws Exception {
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("orders", "left")).get();
            }
            SEEN.put("left", records(servers));
        }
    }

    @KafkaBroker(topics = @Topic(name = "orders"))
    static class BLookingTestCase {

        @Test
        void looks(@BootstrapServers String servers) throws Exception {
            SEEN.put("found", records(servers));
        }
    }

    /** A listener as a framework has it: it lives as long as the class, and its state is brought back before each test. */
    @KafkaBroker(topics = @Topic(name = "orders", partitions = 2))
    static class LivingListenerTestCase {

        private static final List<String> HEARD = Collections.synchronizedList(new ArrayList<>());
        private static KafkaConsumer<String, String> consumer;
        private static Thread thread;

        @BeforeAll
        static void listen(@BootstrapServers String servers) {
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", servers, "group.id", "living", "auto.offset.reset", "earliest"),
                    new StringDeserializer(),
                    new StringDeserializer());
            thread = new Thread(LivingListenerTestCase::poll);
            thread.start();
        }

        @AfterAll
        static void stop() throws Exception {
            consumer.wakeup();
            thread.join();
        }

        private static void poll() {
            try (KafkaConsumer<String, String> mine = consumer) {
                mine.subscribe(List.of("orders"));
                while (true) {
                    mine.poll(Duration.ofMillis(100)).forEach(next -> HEARD.add(next.value()));
                    mine.commitSync();
                }
            } catch (WakeupException closing) {
                SEEN.put("listener", "closed");
            }
        }

        @BeforeEach
        void forget() {
            HEARD.clear();
        }

        @FaultTest(faults = Fault.DUPLICATE)
        void hearsTheFirst(Scenario scenario) {
            hears("first", scenario);
        }

        @FaultTest(faults = Fault.DUPLICATE)
        void breaksUnderAFault(Scenario scenario) {
            hears("broken", scenario);
            assertThat(HEARD).hasSize(1);
        }

        @FaultTest(faults = Fault.DUPLICATE)
        void hearsTheSecond(Scenario scenario) {
            hears("second", scenario);
        }

        private static void hears(String text, Scenario scenario) {
            scenario.channel("orders").send(text, text);
            scenario.settle();
            assertThat(HEARD).containsOnly(text);
        }
    }

    @KafkaBroker(topics = @Topic(name = " "))
    static class BlankTopicTestCase {

        @Test
        void neverRuns() {}
    }

    @KafkaBroker(topics = @Topic(name = "orders", partitions = 0))
    static class NoPartitionTestCase {

        @Test
        void neverRuns() {}
    }

    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "orders", partitions = 2)})
    static class TwiceTestCase {

        @Test
        void neverRuns() {}
    }

    @KafkaBroker(topics = @Topic(name = "orders", partitions = 2))
    static class OtherNumberTestCase {

        @Test
        void neverRuns() {}
    }

    @KafkaBroker
    static class WrongTypeTestCase {

        @Test
        void takesANumber(@BootstrapServers int port) {}
    }

    static class BareParameterTestCase {

        @Test
        void takesTheAddress(@BootstrapServers String servers) {}
    }

    @Test
    void tellsTheAddressToParametersAndFrameworks() {
        System.setProperty("kafka.bootstrap.servers", "mine:1");
        try {
            EngineExecutionResults results = run(InjectedTestCase.class);

            assertThat(failures(results)).isEmpty();
            String servers = SEEN.get("beforeAll");
            assertThat(servers).matches("(127\\.0\\.0\\.1|localhost):\\d+");
            assertThat(SEEN)
                    .containsEntry("constructor", servers)
                    .containsEntry("method", servers)
                    .containsEntry("my.brokers", servers)
                    .containsEntry("reset", "earliest")
                    .containsEntry("partitions", "orders 3, replies 1");
            assertThat(FAMILIAR).allSatisfy(name -> assertThat(SEEN).containsEntry(name, servers));
            assertThat(System.getProperty("kafka.bootstrap.servers")).isEqualTo("mine:1");
        } finally {
            System.clearProperty("kafka.bootstrap.servers");
        }
        assertThat(Stream.concat(FAMILIAR.stream(), Stream.of("my.brokers", "spring.kafka.consumer.auto-offset-reset")))
                .allSatisfy(name -> assertThat(System.getProperty(name)).isNull());
    }

    @Test
    void classesShareTheBrokerAndSeeNoRecordsOfEachOther() {
        EngineExecutionResults results = run(
                OverKafkaTestCase.class, NeighbourTestCase.class, InMemoryTestCase.class, OtherNumberTestCase.class);

        assertThat(failures(results))
                .containsExactly("Topic 'orders' exists with 1 partitions, but 2 are wanted: "
                        + "use one number, or another name.");
        assertThat(SEEN.get("nested")).isNotNull().isEqualTo(SEEN.get("neighbour"));
        assertThat(claims(results, OverKafkaTestCase.class))
                .hasSize(2)
                .allSatisfy(
                        claim -> assertThat(claim)
                                .contains(
                                        "≤ 1 fault",
                                        "not tried: REORDER, DELAY, CONNECTION_LOST, SEND_FAILED, SEND_UNCERTAIN, COMMIT_FAILED"));
        assertThat(claims(results, NeighbourTestCase.class)).hasSize(2);
        assertThat(claims(results, InMemoryTestCase.class))
                .singleElement()
                .satisfies(claim -> assertThat(claim).contains("≤ 2 faults").doesNotContain("Kafka"));
    }

    @Test
    void aClassLeavesNoRecords() {
        assertThat(failures(run(ALeavingTestCase.class, BLookingTestCase.class)))
                .isEmpty();
        assertThat(SEEN).containsEntry("left", "1").containsEntry("found", "0");
    }

    @Test
    void aListenerMayOutliveTestsThatHearNothingOfEachOther() {
        EngineExecutionResults results = run(LivingListenerTestCase.class);

        assertThat(claims(results, LivingListenerTestCase.class)).hasSize(2);
        assertThat(failures(results))
                .singleElement()
                .satisfies(story -> assertThat(story).contains("broken", "1:duplicate(orders[k1])"));
        assertThat(SEEN).containsEntry("listener", "closed");
    }

    @MicronautTest
    @KafkaBroker
    static class LateTestCase {

        @Test
        void runs() {
            SEEN.put("late", "ran");
        }
    }

    @QuarkusTest
    @KafkaBroker
    static class LateInQuarkusTestCase {

        @Test
        void runs() {
            SEEN.put("late", "ran");
        }
    }

    @KafkaBroker
    @MicronautTest
    static class EarlyTestCase {

        @Test
        void runs() {
            SEEN.put("early", "ran");
        }
    }

    @Test
    void wantsToBeThereBeforeAnApplicationThatIsStartedBeforeTheClass() {
        assertThat(failures(run(LateTestCase.class, EarlyTestCase.class, LateInQuarkusTestCase.class)))
                .containsExactlyInAnyOrder(
                        "On LateTestCase @KafkaBroker stands below @MicronautTest, which starts the application first, "
                                + "and it would look for its broker elsewhere: write @KafkaBroker above it.",
                        "On LateInQuarkusTestCase @KafkaBroker stands below @QuarkusTest, which starts the application first, "
                                + "and it would look for its broker elsewhere: write @KafkaBroker above it.");
        assertThat(SEEN).containsKey("early").doesNotContainKey("late");
    }

    @KafkaBroker(brokers = 0)
    static class NoBrokerTestCase {
        @Test
        void neverRuns() {}
    }

    @Test
    void saysHowManyBrokersThereCanBe() {
        assertThat(failures(run(NoBrokerTestCase.class)))
                .containsExactly(
                        "@KafkaBroker on KafkaBrokerTests$NoBrokerTestCase wants from 1 to 9 brokers, but got 0.");
    }

    @Test
    void saysWhatATopicWants() {
        assertThat(failures(run(BlankTopicTestCase.class, NoPartitionTestCase.class, TwiceTestCase.class)))
                .containsExactlyInAnyOrder(
                        "@Topic wants a name and at least 1 partition, but on KafkaBrokerTests$BlankTopicTestCase "
                                + "it has the name ' ' and 1.",
                        "@Topic wants a name and at least 1 partition, but on KafkaBrokerTests$NoPartitionTestCase "
                                + "it has the name 'orders' and 0.",
                        "@KafkaBroker on KafkaBrokerTests$TwiceTestCase names the topic 'orders' twice: "
                                + "once is enough.");
    }

    @Test
    void saysWhatAParameterWants() {
        assertThat(failures(run(WrongTypeTestCase.class, BareParameterTestCase.class)))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message)
                        .contains("@BootstrapServers wants a parameter of type String, but is on one of type int."))
                .anySatisfy(message -> assertThat(message).contains("No ParameterResolver registered"));
    }

    @Test
    void settingsChooseTheBroker() {
        EngineExecutionResults results = kit(NeighbourTestCase.class)
                .configurationParameter("atleastonce.kafka.provider", "teapot")
                .execute();

        assertThat(failures(results))
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .startsWith("atleastonce.kafka.provider wants one of")
                        .endsWith("but is 'teapot'."));
    }

    private static void addUpOnce(Scenario scenario) {
        List<String> seen = new ArrayList<>();
        scenario.consumer("adder", "orders", String.class, text -> {
            if (!seen.contains(text)) {
                seen.add(text);
            }
        });
        scenario.channel("orders").send("o-1", "10");
        scenario.settle();
        assertThat(seen).containsExactly("10");
    }

    private static String partitions(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            List<String> lines = new ArrayList<>();
            admin.describeTopics(List.of("orders", "replies"))
                    .allTopicNames()
                    .get()
                    .values()
                    .forEach(topic ->
                            lines.add(topic.name() + " " + topic.partitions().size()));
            return String.join(", ", lines.stream().sorted().toList());
        }
    }

    private static String records(String servers) throws Exception {
        TopicPartition partition = new TopicPartition("orders", 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            long first = offset(admin, partition, OffsetSpec.earliest());
            return Long.toString(offset(admin, partition, OffsetSpec.latest()) - first);
        }
    }

    private static long offset(Admin admin, TopicPartition partition, OffsetSpec where) throws Exception {
        return admin.listOffsets(Map.of(partition, where))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private EngineExecutionResults run(Class<?>... fixtures) {
        return kit(fixtures).execute();
    }

    private EngineTestKit.Builder kit(Class<?>... fixtures) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .configurationParameter(
                        "junit.jupiter.testclass.order.default", "org.junit.jupiter.api.ClassOrderer$ClassName");
        Stream.of(fixtures).forEach(fixture -> kit.selectors(selectClass(fixture)));
        return kit;
    }

    private static List<String> claims(EngineExecutionResults results, Class<?> fixture) {
        return results.testEvents()
                .finished()
                .map(Event::getTestDescriptor)
                .filter(test -> test.getUniqueId().toString().contains(fixture.getName()))
                .map(test -> test.getDisplayName())
                .filter(name -> name.startsWith("holds"))
                .toList();
    }

    private static List<String> failures(EngineExecutionResults results) {
        return results.allEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .map(KafkaBrokerTests::sentence)
                .toList();
    }

    private static String sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UsageException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return String.valueOf(failure.getMessage());
    }
}
