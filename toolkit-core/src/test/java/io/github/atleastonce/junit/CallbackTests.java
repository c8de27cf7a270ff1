package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** A run counts as what it was after everything around the body. */
class CallbackTests {

    @TempDir
    Path kept;

    static class AfterEachTestCase {

        final Ledger ledger = Ledger.forgetful();

        @FaultTest(faults = Fault.DUPLICATE)
        void sendsOnly(Scenario scenario) {
            scenario.service("ledger", ledger::boot);
            scenario.channel("deposits").send("d-1", new Ledger.Deposit("d-1", 30));
            scenario.settle();
        }

        @AfterEach
        void addedUpOnce() {
            assertThat(ledger.total()).isEqualTo(30);
        }
    }

    static class ExtensionTestCase {

        final Ledger ledger = Ledger.forgetful();

        @RegisterExtension
        final AfterEachCallback verifying =
                context -> assertThat(ledger.total()).isEqualTo(30);

        @FaultTest(faults = Fault.DUPLICATE)
        void sendsOnly(Scenario scenario) {
            scenario.service("ledger", ledger::boot);
            scenario.channel("deposits").send("d-1", new Ledger.Deposit("d-1", 30));
            scenario.settle();
        }
    }

    static class BothTestCase {

        final Ledger ledger = Ledger.forgetful();

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpOnce(Scenario scenario) {
            ledger.depositsOnce(scenario);
        }

        @AfterEach
        void cleansUp() {
            if (ledger.total() != 30) {
                throw new IllegalStateException("cannot clean up");
            }
        }
    }

    static class BeforeEachTestCase {

        @BeforeEach
        void prepares(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }

        private static int reached;

        @FaultTest(faults = Fault.DUPLICATE)
        void doesNothingMore() {
            reached++;
        }
    }

    static class ConstructorTestCase {

        private static int made;

        ConstructorTestCase() {
            if (++made == 2) {
                throw new IllegalStateException("cannot be made");
            }
        }

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class TwiceBrokenTestCase {

        private static int runs;

        @RegisterExtension
        final AfterEachCallback verifying = context -> fail();

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
            runs++;
            fail();
        }

        static void fail() {
            if (runs == 2) {
                throw new IllegalStateException("the second time");
            }
        }
    }

    static class DisabledLaterTestCase {

        private static int asked;

        static final class OnlyThrice implements ExecutionCondition {

            @Override
            public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
                boolean invocation = context.getUniqueId().contains("test-template-invocation");
                return invocation && ++asked > 3
                        ? ConditionEvaluationResult.disabled("thrice is enough")
                        : ConditionEvaluationResult.enabled("");
            }
        }

        @RegisterExtension
        static final OnlyThrice CONDITION = new OnlyThrice();

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @Test
    void countsAFailingAfterEachMethod() {
        Kit.Shown shown = Kit.select(AfterEachTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(shown.last().message()).contains("Fails under 1 fault");
    }

    /** Nobody can replace what the callback of another extension throws, so the story comes in an invocation of its own. */
    @Test
    void countsTheFailingCallbackOfAnotherExtension() {
        Kit.Shown shown = Kit.select(ExtensionTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, FAILED, FAILED, FAILED);
        assertThat(shown.last().name()).isEqualTo("fails");
        assertThat(shown.last().thrown())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("Fails under 1 fault")
                .hasCause(shown.lines().get(3).thrown());
    }

    @Test
    void letsTheFirstFailureDecideAndAddsTheOthers() {
        Kit.Shown shown = Kit.select(BothTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(shown.last().message()).contains("Fails under 1 fault").contains("60");
        assertThat(shown.last().thrown().getCause().getSuppressed())
                .singleElement()
                .satisfies(suppressed -> assertThat(suppressed).hasMessage("cannot clean up"));
    }

    @Test
    void countsAFailingBeforeEachMethodAndDoesNotGoOnToTheBody() {
        BeforeEachTestCase.reached = 0;
        Kit.Shown shown = Kit.select(BeforeEachTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(shown.last().message()).contains("Fails under 1 fault");
        assertThat(BeforeEachTestCase.reached).isEqualTo(2);
    }

    @Test
    void saysWhatItMeansEvenIfAnotherExtensionFailsTheInvocationThatShouldSaySo() {
        TwiceBrokenTestCase.runs = 0;
        Kit.Shown shown = Kit.select(TwiceBrokenTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, FAILED);
        assertThat(shown.last().message()).contains("failed the second time");
    }

    @Test
    void stopsWhenAnInstanceCannotBeMade() {
        ConstructorTestCase.made = 0;
        Kit.Shown shown = Kit.select(ConstructorTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, FAILED, FAILED);
        assertThat(shown.last().message()).contains("failed the second time", "cannot be made");
    }

    @Test
    void claimsNothingWhenASkippedRunIsMissing() {
        DisabledLaterTestCase.asked = 0;
        Kit.Shown shown = Kit.select(DisabledLaterTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(shown.last().message()).contains("thrice is enough");
    }
}
