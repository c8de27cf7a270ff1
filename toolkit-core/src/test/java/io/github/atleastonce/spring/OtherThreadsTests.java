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
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** What an application lets other threads do is part of the run: executors, continuations, listeners of transactions, schedulers. */
class OtherThreadsTests {

    @TempDir
    Path kept;

    @SpringJUnitConfig({H2.class, Warehouse.Beans.class})
    static class WarehouseTestCase {

        @Autowired
        Warehouse warehouse;

        @Autowired
        Warehouse.Packing packing;

        @BeforeEach
        void clear() {
            warehouse.clear();
        }

        void allThatIsStoredIsPacked(Scenario scenario) {
            scenario.settle();
            assertThat(warehouse.packed()).containsAll(warehouse.stored());
        }
    }

    static class PackLaterTestCase extends WarehouseTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void nothingIsForgotten(Scenario scenario) {
            scenario.attempt(() -> warehouse.storeAndPackLater("o-1"));
            allThatIsStoredIsPacked(scenario);
        }
    }

    /** A context that was cached goes on with what it has scheduled, so each has a database of its own. */
    static class OwnDatabase {

        @Bean
        HikariDataSource db() {
            return H2.pool("own-executor");
        }
    }

    @SpringJUnitConfig({OwnDatabase.class, Warehouse.Beans.class, Warehouse.OwnExecutor.class})
    static class OwnExecutorTestCase extends PackLaterTestCase {}

    static class TellLaterTestCase extends WarehouseTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void nothingIsForgotten(Scenario scenario) {
            scenario.attempt(() -> warehouse.storeAndTellLater("o-1"));
            allThatIsStoredIsPacked(scenario);
        }
    }

    static class WaitTestCase extends WarehouseTestCase {

        @FaultTest(faults = Fault.CRASH)
        void nothingIsForgotten(Scenario scenario) {
            scenario.attempt(() -> warehouse.storeAndWait("o-1"));
            allThatIsStoredIsPacked(scenario);
        }
    }

    static class ContinuationTestCase extends WarehouseTestCase {

        @FaultTest(faults = Fault.CRASH)
        void nothingIsForgotten(Scenario scenario) {
            scenario.attempt(() -> warehouse.storeAfterContinuations("o-1"));
            allThatIsStoredIsPacked(scenario);
        }
    }

    static class TwoTransactionsTestCase extends WarehouseTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void nothingIsForgotten(Scenario scenario) {
            scenario.attempt(() -> warehouse.storeAndNoteInTwoTransactions("o-1"));
            allThatIsStoredIsPacked(scenario);
        }
    }

    /** The poller takes one at a time. */
    static class OneTransactionTestCase extends WarehouseTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void nothingIsForgotten(Scenario scenario) {
            scenario.attempt(() -> warehouse.storeAndNote("o-1"));
            scenario.attempt(() -> warehouse.storeAndNote("o-2"));
            scenario.attempt(() -> warehouse.storeAndNote("o-3"));
            allThatIsStoredIsPacked(scenario);
            assertThat(warehouse.packed()).doesNotHaveDuplicates();
        }
    }

    static class NightTestCase extends WarehouseTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void comesAtNight(Scenario scenario) {
            scenario.attempt(() -> warehouse.storeAndNote("o-1"));
            scenario.settle();
            assertThat(warehouse.packed()).doesNotContain("night");
            scenario.elapse(Duration.ofDays(1));
            scenario.settle();
            assertThat(warehouse.packed()).filteredOn("night"::equals).hasSizeLessThanOrEqualTo(1);
            assertThat(warehouse.packed()).containsAll(warehouse.stored());
        }
    }

    static class ThreadTestCase extends WarehouseTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void keepsItsThread(Scenario scenario) {
            scenario.attempt(() -> warehouse.storeAndPackLater("o-1"));
            scenario.settle();
            assertThat(packing.last().getName()).startsWith("executor-");
            assertThat(warehouse.packed()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "io.github.atleastonce.spring.OtherThreadsTests$PackLaterTestCase, 1:crash(application#1/insert stored)",
        "io.github.atleastonce.spring.OtherThreadsTests$OwnExecutorTestCase, 1:crash(application#1/insert stored)",
        "io.github.atleastonce.spring.OtherThreadsTests$TellLaterTestCase, 1:crash(application#1/commit)",
        "io.github.atleastonce.spring.OtherThreadsTests$TwoTransactionsTestCase, 1:crash(application#1/insert stored)"
    })
    void findsWhatIsForgotten(Class<?> fixture, String token) {
        Kit.Shown shown = Kit.select(fixture, kept).run();

        assertThat(shown.last().status()).isEqualTo(FAILED);
        assertThat(shown.entries())
                .last()
                .asString()
                .contains("Fails under 1 fault.")
                .contains(token);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                WaitTestCase.class,
                ContinuationTestCase.class,
                OneTransactionTestCase.class,
                NightTestCase.class,
                ThreadTestCase.class
            })
    void passesWhatWaitsOrIsNoted(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept).run();

        assertThat(shown.lines())
                .allSatisfy(line -> assertThat(line.status())
                        .as("%s %s", line, line.message())
                        .isEqualTo(SUCCESSFUL));
        assertThat(shown.entries())
                .last()
                .asString()
                .startsWith("Holds under every schedule")
                .doesNotContain("not followed");
    }

    @Test
    void stepsOfOtherThreadsArePlaces() {
        Kit.Shown shown = Kit.select(WaitTestCase.class, kept).run();

        assertThat(shown.names())
                .anyMatch(name ->
                        name.contains("crash after insert packed of asynchronous work of attempt 1 in application"));
    }
}
