package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Fault tests beside everything else that JUnit offers. */
class NeighbourTests {

    private static final List<String> SEEN = new ArrayList<>();

    @TempDir
    Path kept;

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    static class BesidesTestCase {

        final Ledger ledger = Ledger.idempotent();

        @RegisterExtension
        final BeforeEachCallback noting = context -> SEEN.add("extension");

        @BeforeEach
        void boots(Scenario scenario) {
            SEEN.add("before");
            scenario.service("ledger", ledger::boot);
        }

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        @DisplayName("a deposit counts once")
        @Timeout(value = 1, unit = TimeUnit.MINUTES)
        void addsUpOnce(TestInfo info, Scenario scenario, @TempDir Path directory) {
            SEEN.add(info.getDisplayName());
            assertThat(directory).isEmptyDirectory();
            scenario.channel("deposits").send("d-1", new Ledger.Deposit("d-1", 30));
            scenario.settle();
        }

        @AfterEach
        void addedUp(Scenario scenario) {
            SEEN.add("after " + ScenarioRun.of(scenario).services().only().name());
            assertThat(ledger.total()).isEqualTo(30);
        }
    }

    static class ConstructedTestCase {

        private final Scenario scenario;

        ConstructedTestCase(Scenario scenario) {
            this.scenario = scenario;
        }

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpOnce() {
            Ledger.forgetful().depositsOnce(scenario);
        }
    }

    static class OuterTestCase {

        final Ledger ledger = Ledger.forgetful();

        @Nested
        class InnerTestCase {

            @FaultTest(faults = Fault.DUPLICATE)
            void addsUpOnce(Scenario scenario) {
                ledger.depositsOnce(scenario);
            }
        }
    }

    abstract static class ContractTestCase {

        abstract Ledger ledger();

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpOnce(Scenario scenario) {
            ledger().depositsOnce(scenario);
        }
    }

    static class InheritingTestCase extends ContractTestCase {

        @Override
        Ledger ledger() {
            return Ledger.forgetful();
        }
    }

    interface Contract {

        Ledger ledger();

        @FaultTest(faults = Fault.DUPLICATE)
        default void addsUpOnce(Scenario scenario) {
            ledger().depositsOnce(scenario);
        }
    }

    static class ImplementingTestCase implements Contract {

        @Override
        public Ledger ledger() {
            return Ledger.forgetful();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class SeveralTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void one(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }

        @FaultTest(faults = Fault.CRASH)
        void two(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }

        @AtLeastOnceTest
        void three(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }

        @Test
        void four() {}
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class OrderedTestCase {

        @Order(2)
        @Test
        void second() {
            SEEN.add("second");
        }

        @Order(1)
        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void first(Scenario scenario) {
            SEEN.add("first");
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @Test
    void giveEachScheduleAFreshTestWithAllThatIsAroundIt() {
        Kit.Shown shown = Kit.select(BesidesTestCase.class, kept).run();

        assertThat(shown.statuses()).hasSize(6).containsOnly(SUCCESSFUL);
        assertThat(SEEN)
                .hasSize(24)
                .startsWith("extension", "before", "no fault", "after ledger", "extension", "before");
        assertThat(shown.results()
                        .containerEvents()
                        .started()
                        .map(event -> event.getTestDescriptor().getDisplayName()))
                .contains("a deposit counts once");
    }

    @Test
    void mayTakeTheScenarioInTheConstructor() {
        assertFails(ConstructedTestCase.class);
    }

    @Test
    void areFoundInNestedClasses() {
        assertFails(OuterTestCase.class);
    }

    @Test
    void areInherited() {
        assertFails(InheritingTestCase.class);
        assertThat(kept.resolve(InheritingTestCase.class.getName() + ".addsUpOnce.schedule"))
                .exists();
    }

    @Test
    void areFoundInInterfaces() {
        assertFails(ImplementingTestCase.class);
        assertThat(kept.resolve(ImplementingTestCase.class.getName() + ".addsUpOnce.schedule"))
                .exists();
    }

    @Test
    void runInParallelWithOthersButEachInItsOrder() {
        Kit.Shown shown = Kit.select(SeveralTestCase.class, kept)
                .with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .run();

        assertThat(shown.refusals()).isEmpty();
        assertThat(shown.statuses()).filteredOn(FAILED::equals).hasSize(2);
        assertThat(shown.statuses()).doesNotContain(ABORTED);
        assertThat(shown.names())
                .filteredOn(name -> name.startsWith("once more to be sure"))
                .hasSize(2);
        assertThat(shown.names())
                .filteredOn(name -> name.startsWith("holds under"))
                .hasSize(1);
    }

    @Test
    void keepTheirPlaceInTheOrderOfMethods() {
        Kit.select(OrderedTestCase.class, kept).run();

        assertThat(SEEN).containsExactly("first", "first", "first", "first", "first", "first", "second");
    }

    private void assertFails(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(shown.last().message()).contains("Fails under 1 fault");
    }
}
