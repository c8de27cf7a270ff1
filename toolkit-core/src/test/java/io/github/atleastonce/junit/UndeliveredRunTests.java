package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import org.assertj.core.api.BDDSoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The run in which nothing is delivered, as the tree of tests shows it: whatever notices that is no failure. */
class UndeliveredRunTests {

    private static final String RUN = "nothing is delivered: does the test notice?";

    @TempDir
    Path kept;

    static class BodyTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class AfterwardsTestCase {

        final Ledger ledger = Ledger.idempotent();

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            deposit(scenario, ledger);
        }

        @AfterEach
        void addedUp() {
            assertThat(ledger.total()).isEqualTo(30);
        }
    }

    static class AssumingTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            Ledger ledger = Ledger.idempotent();
            deposit(scenario, ledger);
            assumeThat(ledger.total()).isEqualTo(30);
        }
    }

    static class UnnoticedTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            Ledger ledger = Ledger.idempotent();
            deposit(scenario, ledger);
            assertThat(ledger.total()).isLessThanOrEqualTo(30);
        }
    }

    static class ExcusedTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1, mayPassUndelivered = "no deposit counts twice")
        void addsUpOnce(Scenario scenario) {
            new UnnoticedTestCase().addsUpOnce(scenario);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    @interface OnlyForbids {

        String mayPassUndelivered() default "it only forbids";
    }

    static class ComposedTestCase {

        @OnlyForbids
        void addsUpOnce(Scenario scenario) {
            new UnnoticedTestCase().addsUpOnce(scenario);
        }
    }

    /** As Mockito's, which wants each stub to be used. */
    static class Strict implements AfterEachCallback {

        @Override
        public void afterEach(ExtensionContext context) {
            if (context.getDisplayName().equals(RUN)) {
                throw new AssertionError("a stub was not used");
            }
        }
    }

    @ExtendWith(Strict.class)
    static class StrictTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class StrictFieldTestCase {

        @RegisterExtension
        final Strict strict = new Strict();

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @ExtendWith(SoftAssertionsExtension.class)
    static class SoftTestCase {

        @InjectSoftAssertions
        BDDSoftAssertions softly;

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            Ledger ledger = Ledger.idempotent();
            deposit(scenario, ledger);
            softly.then(ledger.total()).isEqualTo(30);
        }
    }

    private static void deposit(Scenario scenario, Ledger ledger) {
        scenario.service("ledger", ledger::boot);
        scenario.channel("deposits").send("d-1", new Ledger.Deposit("d-1", 30));
        scenario.settle();
    }

    @ParameterizedTest
    @ValueSource(classes = {BodyTestCase.class, AfterwardsTestCase.class, AssumingTestCase.class})
    void showsNothingOfWhatNoticesIt(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept).run();

        assertThat(shown.statuses()).containsOnly(SUCCESSFUL);
        assertThat(shown.names()).contains(RUN);
        assertThat(shown.last().name()).startsWith("holds under every schedule with ≤ 1 fault");
    }

    @Test
    void isAFailureWhereNothingNoticesIt() {
        Kit.Shown shown = Kit.select(UnnoticedTestCase.class, kept).run();

        assertThat(shown.statuses())
                .endsWith(SUCCESSFUL, FAILED)
                .filteredOn(FAILED::equals)
                .hasSize(1);
        assertThat(shown.last().message())
                .contains("The body passes even when nothing is delivered", "mayPassUndelivered");
    }

    @Test
    void isLeftOutWithAReason() {
        Kit.Shown excused = Kit.select(ExcusedTestCase.class, kept).run();
        Kit.Shown composed = Kit.select(ComposedTestCase.class, kept).run();

        assertThat(excused.names()).doesNotContain(RUN);
        assertThat(excused.last().name()).endsWith("; may pass undelivered: no deposit counts twice");
        assertThat(composed.last().name()).endsWith("; may pass undelivered: it only forbids");
    }

    /** What the callback of another extension throws reaches JUnit, so nothing may lead it there. */
    @ParameterizedTest
    @ValueSource(classes = {StrictTestCase.class, StrictFieldTestCase.class, SoftTestCase.class})
    void isLeftOutWhereAnotherExtensionMayCheckSomething(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept).run();

        assertThat(shown.statuses()).containsOnly(SUCCESSFUL);
        assertThat(shown.names()).doesNotContain(RUN);
        assertThat(shown.last().name())
                .matches(
                        ".*; not tried undelivered, since (Strict|SoftAssertionsExtension) may check something after each run");
    }
}
