package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** What a poll holds, and the commits of offsets: no line of the application knows of the toolkit. */
class PollTests {

    @TempDir
    Path kept;

    static class PlacedTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        void place(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:20");
            scenario.settle();
        }
    }

    static class BatchTestCase extends PlacedTestCase {

        @FaultTest(faults = {Fault.POISON, Fault.CRASH, Fault.REDELIVERY, Fault.COMMIT_FAILED})
        void reservesEach(Scenario scenario) {
            place(scenario);
            assertThat(service.credit("alice")).isEqualTo(50);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.Collecting.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class CollectingTestCase extends BatchTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.OneByOne.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class OneByOneTestCase extends BatchTestCase {}

    /** A poll that holds less than all that was sent. */
    static class ShortTestCase extends PlacedTestCase {

        @FaultTest(faults = Fault.DELAY)
        void reservesEach(Scenario scenario) {
            place(scenario);
            assertThat(service.credit("alice")).isEqualTo(50);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.Summing.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class SummingTestCase extends ShortTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.OneByOne.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AddingTestCase extends ShortTestCase {}

    static class MailedTestCase extends PlacedTestCase {

        @FaultTest(faults = {Fault.CRASH, Fault.REDELIVERY, Fault.COMMIT_FAILED})
        void mailsEach(Scenario scenario) {
            place(scenario);
            assertThat(service.mailed()).containsExactly("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.AcknowledgingFirst.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AcknowledgingFirstTestCase extends PlacedTestCase {

        @FaultTest(faults = Fault.CRASH)
        void mailsEach(Scenario scenario) {
            place(scenario);
            assertThat(service.mailed()).containsExactly("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.AcknowledgingLast.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AcknowledgingLastTestCase extends MailedTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.Counted.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class CountedTestCase extends MailedTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.Asynchronous.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AsynchronousTestCase extends MailedTestCase {}

    static class OnceTestCase extends PlacedTestCase {

        @FaultTest(faults = {Fault.REDELIVERY, Fault.COMMIT_FAILED})
        void reservesCreditOnce(Scenario scenario) {
            place(scenario);
            assertThat(service.credit("alice")).isEqualTo(50);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Forgetful.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class ForgetfulTestCase extends OnceTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Idempotent.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class IdempotentTestCase extends OnceTestCase {}

    /** The proxy leaves alone what the listeners of a context do: without it all is the same. */
    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Idempotent.class})
    @KafkaBroker(topics = @Topic(name = "orders"), proxy = false)
    @DirtiesContext
    static class WithoutProxyTestCase extends OnceTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.AckEach.class})
    @KafkaBroker(topics = @Topic(name = "orders", partitions = 2))
    @DirtiesContext
    static class AckEachTestCase extends OnceTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.AcknowledgingWithin.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AcknowledgingWithinTestCase extends OnceTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.AcknowledgingAfter.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AcknowledgingAfterTestCase extends OnceTestCase {}

    /** What a loop has left does not harm the next test. */
    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.Unwatched.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class UnwatchedTestCase extends PlacedTestCase {

        @Order(1)
        @FaultTest(faults = Fault.POISON)
        void loops(Scenario scenario) {
            place(scenario);
            assertThat(service.mailed()).containsExactly("o-1", "o-2");
        }

        @Order(2)
        @FaultTest(faults = Fault.CRASH)
        void goesOn(Scenario scenario) {
            place(scenario);
            assertThat(service.mailed()).containsExactly("o-1", "o-2");
        }
    }

    @Test
    void findsTheBatchThatIsNotWritten() {
        assertThat(Told.by(CollectingTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:poison(orders[k2])");
    }

    @Test
    void findsWhoTakesAPollForAll() {
        assertThat(Told.by(SummingTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:delay(orders[k2])");
    }

    @Test
    void findsTheAcknowledgementThatComesTooEarly() {
        assertThat(Told.by(AcknowledgingFirstTestCase.class, kept))
                .singleElement(STRING)
                .contains("✗ CRASH after commit offset")
                .contains("1:crash(credit<orders[k1]/commit offset)");
    }

    @Test
    void findsWhatIsDoneAgainAfterARefusedCommit() {
        assertThat(Told.by(ForgetfulTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains(
                        "✗ REDELIVERY: commit of offsets failed, since the group had gone on without the consumer, in ")
                .contains("1:redelivery(credit<orders[k2]/commit offset)");
    }

    @Test
    void findsWhatIsTakenBackAfterACommitThatWasMade() {
        assertThat(Told.by(AcknowledgingWithinTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("✗ COMMIT_FAILED: commit of offsets failed, and was made all the same, in ")
                .contains("1:commit_failed(credit<orders[k1]/commit offset)");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                OneByOneTestCase.class,
                AddingTestCase.class,
                AcknowledgingLastTestCase.class,
                AcknowledgingAfterTestCase.class,
                CountedTestCase.class,
                AsynchronousTestCase.class,
                IdempotentTestCase.class,
                WithoutProxyTestCase.class,
                AckEachTestCase.class
            })
    void twinsHold(Class<?> fixture) {
        assertThat(Told.by(fixture, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault");
    }

    @Test
    void aRecordThatIsNeverReadEndsTheRunAndNothingElse() {
        List<String> told = Told.by(UnwatchedTestCase.class, kept);

        assertThat(told).hasSize(2);
        assertThat(told.get(0))
                .contains("Fails under 1 fault.")
                .contains(
                        "The group 'credit' has tried 3 times (maxAttempts) to read a record of orders-0, and gets no further");
        assertThat(told.get(1)).startsWith("Holds under every schedule with ≤ 1 fault");
    }
}
