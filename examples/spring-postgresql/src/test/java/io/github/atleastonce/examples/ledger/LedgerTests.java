package io.github.atleastonce.examples.ledger;

import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.examples.credit.Stories;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Hibernate decides when it writes; the toolkit finds out what that is worth when the process dies. */
class LedgerTests {

    @TempDir
    Path kept;

    @SpringBootTest(properties = {"spring.jpa.hibernate.ddl-auto=update", "spring.autoconfigure.exclude="})
    static class LedgerTestCase {

        @Autowired
        Ledger ledger;

        @DynamicPropertySource
        static void database(DynamicPropertyRegistry properties) {
            properties.add("spring.datasource.url", () -> PostgreSql.shared().url());
        }

        @BeforeEach
        void begin() {
            ledger.begin();
        }

        void whatIsBookedIsDebited() {
            assertThat(ledger.balance() + ledger.booked()).isEqualTo(100);
            assertThat(ledger.mails()).isSubsetOf(ledger.orders());
        }
    }

    static class RightTestCase extends LedgerTestCase {

        @FaultTest(
                faults = {CRASH, CONNECTION_LOST},
                maxFaults = 2)
        void booksInOneTransaction(Scenario scenario) {
            scenario.attempt(() -> ledger.book("o-1", 30));
            scenario.settle();
            whatIsBookedIsDebited();
        }
    }

    static class WrongTestCase extends LedgerTestCase {

        @FaultTest(faults = CRASH)
        void booksInTwoTransactions(Scenario scenario) {
            scenario.attempt(() -> ledger.bookInTwoTransactions("o-1", 30));
            scenario.settle();
            whatIsBookedIsDebited();
        }

        @FaultTest(faults = CRASH)
        void tellsBetweenFlushAndCommit(Scenario scenario) {
            scenario.attempt(() -> ledger.bookAndTellAtOnce("o-1", 30));
            scenario.settle();
            whatIsBookedIsDebited();
        }
    }

    @Test
    void oneTransactionHolds() {
        assertThat(Stories.of(RightTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 2 faults (27 runs); tried: CRASH, CONNECTION_LOST; "
                        + "beans keep their fields across a crash; not tried: ");
    }

    @Test
    void whatIsWrittenApartIsFound() {
        assertThat(Stories.of(WrongTestCase.class, kept))
                .hasSize(2)
                .anySatisfy(story -> assertThat(story).contains("1:crash(credit#1/commit)"))
                .anySatisfy(story -> assertThat(story)
                        .contains("✗ CRASH after select account")
                        .contains("1:crash(credit#1/select account)"));
    }
}
