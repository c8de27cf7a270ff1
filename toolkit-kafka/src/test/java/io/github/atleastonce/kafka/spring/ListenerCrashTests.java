package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Crashes of Spring's listeners: no line of the application knows of the toolkit. */
class ListenerCrashTests {

    @TempDir
    Path kept;

    static class CreditTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }
    }

    static class ReservationTestCase extends CreditTestCase {

        @FaultTest(faults = Fault.CRASH)
        void reservesCreditOnce(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:20");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(50);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Forgetful.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class ForgetfulTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Idempotent.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class IdempotentTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.AckEach.class})
    @KafkaBroker(topics = @Topic(name = "orders", partitions = 2))
    @DirtiesContext
    static class AckEachTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Batch.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class BatchTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Idempotent.class, CreditService.Mailer.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class TwoGroupsTestCase extends CreditTestCase {

        @FaultTest(faults = Fault.CRASH)
        void reservesAndMails(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(70);
            assertThat(service.mailed()).containsExactly("o-1");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Idempotent.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class ConnectionLostTestCase extends CreditTestCase {

        @FaultTest(faults = Fault.CONNECTION_LOST)
        void reservesCreditOnce(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(70);
        }
    }

    static class TellingTestCase extends CreditTestCase {

        @FaultTest(faults = Fault.CRASH)
        void tellsEverybody(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(70);
            assertThat(service.mailed()).containsExactly("o-1");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, CreditService.TellingOnce.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class TellingOnceTestCase extends TellingTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, CreditService.TellingAlways.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class TellingAlwaysTestCase extends TellingTestCase {}

    static class PlacingTestCase extends CreditTestCase {

        @Autowired
        KafkaTemplate<String, String> kafka;

        @Autowired
        PlatformTransactionManager manager;

        void place() {
            service.isFirst("o-1");
        }

        void tell() {
            kafka.send("mails", "o-1", "alice:30");
        }

        void nobodyIsToldInVain(Scenario scenario) {
            scenario.settle();
            assertThat(service.mailed()).isSubsetOf(service.placed());
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class})
    @KafkaBroker(topics = @Topic(name = "mails"))
    @DirtiesContext
    static class TellingTooEarlyTestCase extends PlacingTestCase {

        @FaultTest(faults = Fault.CRASH)
        void places(Scenario scenario) {
            scenario.attempt(() -> new TransactionTemplate(manager).executeWithoutResult(status -> {
                place();
                tell();
            }));
            nobodyIsToldInVain(scenario);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class})
    @KafkaBroker(topics = @Topic(name = "mails"))
    @DirtiesContext
    static class TellingLaterTestCase extends PlacingTestCase {

        @FaultTest(faults = Fault.CRASH)
        void places(Scenario scenario) {
            scenario.attempt(() -> {
                new TransactionTemplate(manager).executeWithoutResult(status -> place());
                tell();
            });
            nobodyIsToldInVain(scenario);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.AutoCommit.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AutoCommitTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Swallowing.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class SwallowingTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Repairing.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class RepairingTestCase extends CreditTestCase {

        @FaultTest(faults = Fault.CRASH)
        void whatHasDiedRepairsNothing(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(70);
            assertThat(service.mailed()).isEmpty();
        }
    }

    /** A plain test sees its containers as they are configured. */
    @SpringJUnitConfig({CreditService.Beans.class, CreditService.AckEach.class})
    @KafkaBroker(topics = @Topic(name = "orders", partitions = 2))
    @DirtiesContext
    static class UntouchedTestCase {

        @Test
        void hasTwoConsumers(@Autowired KafkaListenerEndpointRegistry registry) {
            assertThat(registry.getListenerContainers()).singleElement().satisfies(container -> {
                assertThat(((ConcurrentMessageListenerContainer<?, ?>) container).getConcurrency())
                        .isEqualTo(2);
                assertThat(container.getContainerProperties().getKafkaConsumerProperties())
                        .isEmpty();
            });
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Manual.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class ManualTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.SwallowingAckEach.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class SwallowingAckEachTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Idempotent.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class PlainTestsTestCase extends CreditTestCase {

        @Autowired
        KafkaTemplate<String, String> kafka;

        @Test
        @Order(1)
        void before() {
            handles("o-7");
        }

        @FaultTest(faults = Fault.CRASH)
        @Order(2)
        void between(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(70);
        }

        @Test
        @Order(3)
        void after() {
            handles("o-8");
        }

        private void handles(String order) {
            kafka.send("orders", order, "alice:10");
            await().untilAsserted(() -> assertThat(service.credit("alice")).isEqualTo(90));
        }
    }

    @Test
    void catchesWhatIsDoneAgain() {
        assertThat(run(ForgetfulTestCase.class))
                .singleElement()
                .asString()
                .contains("Fails under 1 fault.")
                .contains("✗ CRASH after commit, before acknowledgement")
                .contains("1:crash(credit<orders[k1]/commit)");
    }

    @Test
    void itsPageSaysHowFarTheGroupHasCommitted() throws IOException {
        run(ForgetfulTestCase.class);

        try (Stream<Path> files = Files.walk(kept)) {
            Path page = files.filter(file -> file.toString().endsWith(".html") && !file.endsWith("index.html"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(page))
                    .containsSubsequence(
                            "✗ CRASH after commit, before acknowledgement",
                            "credit has committed 0 of 2 of orders-0",
                            "credit has committed 2 of 2 of orders-0");
        }
    }

    @Test
    void passesWhatIsRemembered() {
        assertThat(run(IdempotentTestCase.class))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (11 runs); tried: ");
    }

    /** Each commit of offsets is a place to die; and records that are handled as one have fewer. */
    @ParameterizedTest
    @CsvSource({"AckEach, 12", "Batch, 9", "Swallowing, 11", "SwallowingAckEach, 12", "Manual, 11"})
    void passesInEachMode(String fixture, int runs) throws ClassNotFoundException {
        assertThat(run(Class.forName(ListenerCrashTests.class.getName() + "$" + fixture + "TestCase")))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (" + runs + " runs); tried: ");
    }

    @Test
    void groupsTakeTurnsInOrder() {
        assertThat(run(TwoGroupsTestCase.class))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (11 runs); tried: ");
    }

    @Test
    void aLostConnectionIsTheApplicationsToMend() {
        assertThat(run(ConnectionLostTestCase.class))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (5 runs); tried: ");
    }

    @Test
    void catchesWhatIsNotSentAgain() {
        assertThat(run(TellingOnceTestCase.class))
                .singleElement()
                .asString()
                .contains("1:crash(credit<orders[k1]/commit)");
    }

    @Test
    void catchesWhatIsSentTooEarly() {
        assertThat(run(TellingTooEarlyTestCase.class))
                .singleElement()
                .asString()
                .contains("✗ CRASH after send mails")
                .contains("1:crash(application#1/send mails)");
    }

    @ParameterizedTest
    @CsvSource({"TellingAlways, 12", "TellingLater, 10"})
    void passesWhatIsSentInTime(String fixture, int runs) throws ClassNotFoundException {
        assertThat(run(Class.forName(ListenerCrashTests.class.getName() + "$" + fixture + "TestCase")))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (" + runs + " runs); tried: ");
    }

    @Test
    void automaticCommitsAreNotCut() {
        assertThat(run(AutoCommitTestCase.class))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (2 runs); tried: ");
    }

    @Test
    void whatHasDiedTouchesNothing() {
        assertThat(run(RepairingTestCase.class))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (7 runs); tried: ");
    }

    @ParameterizedTest
    @ValueSource(classes = {PlainTestsTestCase.class, UntouchedTestCase.class})
    void listenersWorkAsEverOutsideOfRuns(Class<?> fixture) {
        EngineExecutionResults results = execute(fixture);

        assertThat(results.testEvents().failed().count()).isZero();
        assertThat(results.testEvents().succeeded().count()).isPositive();
    }

    private List<String> run(Class<?> fixture) {
        return execute(fixture)
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"))
                .toList();
    }

    private EngineExecutionResults execute(Class<?> fixture) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectClass(fixture))
                .execute();
    }
}
