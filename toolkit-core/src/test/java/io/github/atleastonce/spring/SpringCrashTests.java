package io.github.atleastonce.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Kit;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Crashes of an application that Spring has started: no line of it knows of the toolkit. */
class SpringCrashTests {

    @TempDir
    Path kept;

    static class ShopTestCase {

        @Autowired
        Shop shop;

        @BeforeEach
        void clear() {
            shop.clear();
        }
    }

    static class TwoTransactionsTestCase extends ShopTestCase {

        @FaultTest(faults = Fault.CRASH)
        void ordersAndEventsAreAtomic(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.placeInTwoTransactions("o-1"));
            scenario.settle();
            assertThat(shop.events()).isEqualTo(shop.orders());
        }
    }

    @SpringJUnitConfig({H2.class, Shop.Beans.class})
    static class TwoTransactionsOnH2TestCase extends TwoTransactionsTestCase {}

    @SpringJUnitConfig({PostgreSql.class, Shop.Beans.class})
    static class TwoTransactionsOnPostgreSqlTestCase extends TwoTransactionsTestCase {}

    static class OneTransactionTestCase extends ShopTestCase {

        @FaultTest(faults = {Fault.CRASH, Fault.CONNECTION_LOST})
        void ordersAndEventsAreAtomic(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.place("o-1"));
            scenario.settle();
            assertThat(shop.events()).isEqualTo(shop.orders());
        }

        @FaultTest(faults = Fault.CRASH)
        void whatHasDiedRepairsNothing(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.placeAndRepair("o-1"));
            scenario.settle();
            assertThat(shop.repairs()).isZero();
        }

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void theNextLifeWorks(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.place("o-1"));
            scenario.attempt(() -> shop.insertEvent("next"));
            scenario.settle();
            scenario.attempt(() -> shop.insertEvent("last"));
            assertThat(shop.events()).isPositive();
        }
    }

    @SpringJUnitConfig({H2.class, Shop.Beans.class})
    static class OneTransactionOnH2TestCase extends OneTransactionTestCase {}

    @SpringJUnitConfig({PostgreSql.class, Shop.Beans.class})
    static class OneTransactionOnPostgreSqlTestCase extends OneTransactionTestCase {}

    @SpringJUnitConfig({H2.class, Shop.Beans.class})
    static class OtherThreadTestCase extends ShopTestCase {

        private final ExecutorService others = Executors.newSingleThreadExecutor();

        @AfterEach
        void stop() {
            others.shutdownNow();
        }

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void eventsFollowOrders(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.placeOnAnotherThread("o-1", others));
            scenario.settle();
            assertThat(shop.orders()).isPositive();
        }
    }

    @Configuration
    static class Unreset {

        @Bean
        HikariDataSource db() {
            return H2.pool("unreset");
        }
    }

    @SpringJUnitConfig({Unreset.class, Shop.Beans.class})
    @DirtiesContext
    static class NoResetTestCase {

        @Autowired
        Shop shop;

        @FaultTest(faults = Fault.CRASH)
        void ordersAndEventsAreAtomic(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.place("left-behind"));
            scenario.settle();
            assertThat(shop.events()).isEqualTo(shop.orders());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {TwoTransactionsOnH2TestCase.class, TwoTransactionsOnPostgreSqlTestCase.class})
    void catchesTwoTransactions(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept).run();

        assertThat(shown.last().status()).isEqualTo(FAILED);
        assertThat(shown.entries())
                .last()
                .asString()
                .contains("Fails under 1 fault.")
                .contains("✗ CRASH after commit")
                .contains("1:crash(application#1/commit)");
    }

    @ParameterizedTest
    @ValueSource(classes = {OneTransactionOnH2TestCase.class, OneTransactionOnPostgreSqlTestCase.class})
    void passesOneTransaction(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept).run();

        assertThat(shown.statuses()).containsOnly(SUCCESSFUL);
        assertThat(shown.entries())
                .hasSize(3)
                .allMatch(story -> story.startsWith("Holds under every schedule with ≤ "))
                .noneMatch(story -> story.contains("no place for"));
    }

    @Test
    void threadsOfItsOwnAreNoPlaces() {
        Kit.Shown shown = Kit.select(OtherThreadTestCase.class, kept).run();

        // The insert and the commit of the other thread are no steps: a crash before the attempt alone leaves no order.
        assertThat(shown.last().status()).isEqualTo(FAILED);
        assertThat(shown.entries()).last().asString().contains("1:crash(application#1)");
    }

    @Test
    void noticesThatNothingIsReset() {
        Kit.Shown shown = Kit.select(NoResetTestCase.class, kept).run();

        assertThat(shown.entries()).last().asString().contains("scenario.reset");
    }
}
