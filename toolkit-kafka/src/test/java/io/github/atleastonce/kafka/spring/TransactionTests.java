package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.check.Messages;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Transactions of Kafka in a context: what is read and written exactly once, and what is only nearly so. */
class TransactionTests {

    @TempDir
    Path kept;

    static class OrderedTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        void order(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:20");
            scenario.settle();
        }
    }

    static class OnceTestCase extends OrderedTestCase {

        @FaultTest(
                faults = {Fault.CRASH, Fault.REBALANCE},
                maxFaults = 1)
        void invoicesEachOnce(Scenario scenario) {
            order(scenario);
            assertThat(Messages.of(scenario, "invoices"))
                    .extracting(Message::key)
                    .containsExactlyInAnyOrder("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Invoicing.ExactlyOnce.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class ExactlyOnceTestCase extends OnceTestCase {}

    static class DeathTestCase extends OrderedTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void invoicesEachOnce(Scenario scenario) {
            order(scenario);
            assertThat(Messages.of(scenario, "invoices"))
                    .extracting(Message::key)
                    .containsExactlyInAnyOrder("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Invoicing.TransactionOfItsOwn.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class TransactionOfItsOwnTestCase extends DeathTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Invoicing.OffsetByHand.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class OffsetByHandTestCase extends DeathTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Invoicing.AnotherProducer.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class AnotherProducerTestCase extends DeathTestCase {}

    static class ChainedTestCase extends OrderedTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void invoicesWhatIsReserved(Scenario scenario) {
            order(scenario);
            assertThat(service.credit("alice")).isEqualTo(50);
            assertThat(Messages.of(scenario, "invoices"))
                    .withoutRepetitions()
                    .extracting(Message::key)
                    .containsExactlyInAnyOrder("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Invoicing.OneAfterTheOther.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class OneAfterTheOtherTestCase extends ChainedTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Invoicing.SentAgain.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class SentAgainTestCase extends ChainedTestCase {}

    /** Duplicates of its own aside: whoever reads what is committed only never mails what was taken back. */
    static class PostTestCase extends OrderedTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void mailsWhatIsInvoiced(Scenario scenario) {
            order(scenario);
            long crashes = scenario.history()
                    .of(Event.Crashed.class)
                    .filter(crash -> crash.where().contains("send invoices"))
                    .count();
            assertThat(service.mailed()).contains("o-1", "o-2");
            if (crashes > 0) {
                assertThat(service.credit("alice")).isEqualTo(98);
            }
        }
    }

    @SpringJUnitConfig({
        CreditService.Beans.class,
        Invoicing.Beans.class,
        Invoicing.ExactlyOnce.class,
        Invoicing.Post.class
    })
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class CommittedPostTestCase extends PostTestCase {}

    @SpringJUnitConfig({
        CreditService.Beans.class,
        Invoicing.Beans.class,
        Invoicing.ExactlyOnce.class,
        Invoicing.HastyPost.class
    })
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class HastyPostTestCase extends PostTestCase {}

    @Test
    void findsTheOffsetThatIsLeftOut() {
        assertThat(Told.by(TransactionOfItsOwnTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:crash(invoicing<orders[k1]/commit transaction)");
    }

    @Test
    void findsTheProducerBesideTheTransaction() {
        assertThat(Told.by(AnotherProducerTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:crash(invoicing<orders[k1]/commit transaction)");
    }

    @Test
    void findsWhatIsLostBetweenTwoCommits() {
        assertThat(Told.by(OneAfterTheOtherTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:crash(invoicing<orders[k1]/commit)");
    }

    @Test
    void findsWhoReadsWhatIsTakenBack() {
        assertThat(Told.by(HastyPostTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:crash(invoicing<orders[k1]/send invoices)");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ExactlyOnceTestCase.class,
                OffsetByHandTestCase.class,
                SentAgainTestCase.class,
                CommittedPostTestCase.class
            })
    void twinsHold(Class<?> fixture) {
        assertThat(Told.by(fixture, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault");
    }
}
