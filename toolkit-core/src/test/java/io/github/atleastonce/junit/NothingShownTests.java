package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What is shown when nothing can be claimed: never a pass, and red unless the build says otherwise. */
class NothingShownTests {

    @TempDir
    Path kept;

    /** Counts the runs of a fixture: the state that a fixture must not have, used to provoke. */
    private static int runs;

    @BeforeEach
    void forget() {
        runs = 0;
    }

    static class FlakyTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void failsInTheThirdRun(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
            if (++runs == 3) {
                throw new AssertionError("the third time");
            }
        }
    }

    static class LeakingTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void sendsMoreEachTime(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
            for (int i = 0; i < runs; i++) {
                scenario.channel("deposits").send(new Ledger.Deposit("more", 1));
            }
            runs++;
            scenario.settle();
        }
    }

    static class LateLeakTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void sendsMoreAtTheEnd(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
            if (++runs == 6) {
                scenario.channel("deposits").send(new Ledger.Deposit("more", 1));
            }
            scenario.settle();
        }
    }

    static class AssumingTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void isNotForHere(Scenario scenario) {
            assumeTrue(false, "no docker");
        }
    }

    static class GivingUpTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void givesUpUnderAFault(Scenario scenario) {
            Ledger ledger = Ledger.forgetful();
            scenario.always(() -> assumeTrue(ledger.total() <= 30, "rather not"));
            ledger.depositsOnce(scenario);
        }
    }

    static class TooLittleTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxRuns = 2)
        void isBoundedTooTightly(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @Test
    void failsAFlakyScheduleWithItsFirstFailureAsCause() {
        Kit.Shown shown = Kit.select(FlakyTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(shown.last().name()).isEqualTo("flaky");
        assertThat(shown.last().thrown())
                .isInstanceOf(UsageException.class)
                .isNotInstanceOf(AssertionFailedError.class)
                .cause()
                .hasMessage("the third time");
    }

    @Test
    void failsTheRunInWhichStateLeaked() {
        Kit.Shown shown = Kit.select(LeakingTestCase.class, kept).run();

        assertThat(shown.names()).containsExactly("no fault", "no fault, once more");
        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, FAILED);
        assertThat(shown.last().message()).contains("Two fault-free runs differ");
    }

    @Test
    void failsTheClaimOfWhatLeakedStateUntilTheEnd() {
        Kit.Shown shown = Kit.select(LateLeakTestCase.class, kept).run();

        assertThat(shown.last().name()).startsWith("holds under");
        assertThat(shown.last().status()).isEqualTo(FAILED);
        assertThat(shown.last().message()).contains("The fault-free run at the end differs");
    }

    @Test
    void failsWhatWasBoundedTooTightly() {
        Kit.Shown shown = Kit.select(TooLittleTestCase.class, kept).run();

        assertThat(shown.last().name()).isEqualTo("inconclusive");
        assertThat(shown.last().status()).isEqualTo(FAILED);
        assertThat(shown.last().message()).contains("not every schedule with 1 fault was run", "maxRuns = 2");
    }

    @Test
    void failsWhereTheBodyGaveUpUnderAFault() {
        Kit.Shown shown = Kit.select(GivingUpTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(shown.last().message()).contains("gave up under \"Deposit(d-1) delivered twice\"", "rather not");
        assertThat(shown.last().thrown()).hasCauseInstanceOf(TestAbortedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                FlakyTestCase.class,
                LeakingTestCase.class,
                LateLeakTestCase.class,
                TooLittleTestCase.class,
                GivingUpTestCase.class
            })
    void abortsOnceInsteadWhereTheBuildSaysSo(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept)
                .with("atleastonce.inconclusive", "abort")
                .run();

        assertThat(shown.last().status()).isEqualTo(ABORTED);
        assertThat(shown.last().thrown()).isInstanceOf(TestAbortedException.class);
        assertThat(shown.statuses()).filteredOn(ABORTED::equals).hasSize(1);
        assertThat(shown.statuses()).doesNotContain(FAILED);
    }

    @Test
    void abortsOnceWhereTheTestDoesNotApply() {
        Kit.Shown shown = Kit.select(AssumingTestCase.class, kept).run();

        assertThat(shown.lines()).singleElement().satisfies(line -> {
            assertThat(line.status()).isEqualTo(ABORTED);
            assertThat(line.message()).contains("no docker");
        });
    }
}
