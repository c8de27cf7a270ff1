package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.junit.Kit.Line;
import io.github.atleastonce.junit.Ledger.Deposit;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class FaultTestTests {

    @TempDir
    Path kept;

    static class IdempotentTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            depositOnce(scenario, Ledger.idempotent());
        }
    }

    static class ForgetfulTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            depositOnce(scenario, Ledger.forgetful());
        }
    }

    @Test
    void passesWhatHoldsUnderEverySchedule() {
        Kit.Shown shown = Kit.select(IdempotentTestCase.class, kept).run();

        assertThat(shown.lines()).extracting(Line::status).containsOnly(SUCCESSFUL);
        assertThat(shown.names())
                .containsExactly(
                        "no fault",
                        "no fault, once more",
                        "Deposit(d-1) delivered twice",
                        "Deposit(d-1) delivered again when all was quiet",
                        "holds under every schedule with ≤ 1 fault (3 runs)");
    }

    @Test
    void failsAtTheFirstScheduleThatFailsTwice() {
        Kit.Shown shown = Kit.select(ForgetfulTestCase.class, kept).run();

        assertThat(shown.lines()).extracting(Line::status).containsExactly(SUCCESSFUL, SUCCESSFUL, ABORTED, FAILED);
        assertThat(shown.last().thrown()).isInstanceOfSatisfying(AssertionFailedError.class, error -> {
            assertThat(error.getMessage()).startsWith("Fails under 1 fault.").contains("-Datleastonce.replay='1:");
            assertThat(error.getExpected().getStringRepresentation()).isEqualTo("30");
            assertThat(error.getActual().getStringRepresentation()).isEqualTo("60");
            assertThat(error.getStackTrace()).isEqualTo(error.getCause().getStackTrace());
        });
    }

    private static void depositOnce(Scenario scenario, Ledger ledger) {
        scenario.service("ledger", ledger::boot);
        scenario.channel("deposits").send("d-1", new Deposit("d-1", 30));
        scenario.settle();
        assertThat(ledger.total()).isEqualTo(30);
    }
}
