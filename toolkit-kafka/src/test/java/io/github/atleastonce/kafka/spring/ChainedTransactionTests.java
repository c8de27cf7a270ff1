package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.check.Messages;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** A database and Kafka in one listener, however their transactions are wired: a death between the two commits, and who survives it. */
class ChainedTransactionTests {

    @TempDir
    Path kept;

    static class EachOnceTestCase extends TransactionTests.OrderedTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void reservesAndInvoicesEachOnce(Scenario scenario) {
            order(scenario);
            assertThat(service.credit("alice")).isEqualTo(50);
            assertThat(Messages.of(scenario, "invoices"))
                    .extracting(Message::key)
                    .containsExactlyInAnyOrder("o-1", "o-2");
        }
    }

    static class PostedTestCase extends TransactionTests.OrderedTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void chargesEachOnce(Scenario scenario) {
            order(scenario);
            assertThat(service.credit("alice")).isEqualTo(48);
        }
    }

    @SpringJUnitConfig({
        CreditService.Beans.class,
        Invoicing.Beans.class,
        Chained.Beans.class,
        Chained.RowsInsideOnce.class
    })
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class RowsInsideOnceTestCase extends EachOnceTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Chained.Beans.class, Chained.RowsInside.class
    })
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class RowsInsideTestCase extends EachOnceTestCase {}

    @SpringJUnitConfig({
        CreditService.Beans.class,
        Invoicing.Beans.class,
        Chained.Beans.class,
        Chained.RowsOutside.class,
        Invoicing.Post.class
    })
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class PostTestCase extends PostedTestCase {}

    @SpringJUnitConfig({
        CreditService.Beans.class,
        Invoicing.Beans.class,
        Chained.Beans.class,
        Chained.RowsOutside.class,
        Chained.PostOnce.class
    })
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class PostOnceTestCase extends PostedTestCase {}

    @SpringJUnitConfig({
        CreditService.Beans.class,
        Invoicing.Beans.class,
        Chained.Beans.class,
        Chained.OffsetsFirst.class
    })
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class OffsetsFirstTestCase extends EachOnceTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Chained.Beans.class, Chained.RowsFirst.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class RowsFirstTestCase extends EachOnceTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Chained.Beans.class, Chained.ChainOnce.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class ChainOnceTestCase extends TransactionTests.ChainedTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Chained.Beans.class, Chained.Chain.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class ChainTestCase extends TransactionTests.ChainedTestCase {}

    @ParameterizedTest
    @CsvSource({
        "RowsInsideOnce, commit",
        "Post, commit transaction",
        "OffsetsFirst, commit transaction",
        "ChainOnce, commit"
    })
    void findsTheDeathBetweenTwoCommits(String wiring, String place) throws ClassNotFoundException {
        assertThat(Told.by(Class.forName(getClass().getName() + "$" + wiring + "TestCase"), kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:crash(invoicing<orders[k1]/" + place + ")");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {RowsInsideTestCase.class, PostOnceTestCase.class, RowsFirstTestCase.class, ChainTestCase.class})
    void twinsHold(Class<?> fixture) {
        assertThat(Told.by(fixture, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault");
    }
}
