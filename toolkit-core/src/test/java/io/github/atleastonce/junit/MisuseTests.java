package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to get it wrong has its sentence. */
class MisuseTests {

    @TempDir
    Path kept;

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClassTestCase {

        @FaultTest
        void test(Scenario scenario) {}
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OuterPerClassTestCase {

        @Nested
        @TestInstance(TestInstance.Lifecycle.PER_METHOD)
        class InnerTestCase {

            @FaultTest
            void test(Scenario scenario) {}
        }
    }

    static class PlainTestTestCase {

        @Test
        @FaultTest
        void test(Scenario scenario) {}
    }

    static class RepeatedTestCase {

        @RepeatedTest(2)
        @FaultTest
        void test(Scenario scenario) {}
    }

    static class ParameterizedTestCase {

        @ParameterizedTest
        @ValueSource(ints = 1)
        @FaultTest
        void test(int number, Scenario scenario) {}
    }

    static class TwiceTestCase {

        @FaultTest
        @AtLeastOnceTest
        void test(Scenario scenario) {}
    }

    static class Another implements TestTemplateInvocationContextProvider {

        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(new TestTemplateInvocationContext() {});
        }
    }

    @ExtendWith(Another.class)
    static class AnotherProviderTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class AnotherProviderAfterwardsTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        @ExtendWith(Another.class)
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class ConcurrentTestCase {

        @FaultTest
        @Execution(ExecutionMode.CONCURRENT)
        void test(Scenario scenario) {}
    }

    static class NoScenarioTestCase {

        @FaultTest
        void test() {}
    }

    static class ReplayedPlainTestCase {

        @Test
        @Replay("1:crash(x)")
        void test(Scenario scenario) {}
    }

    static class ReplayedWithoutScenarioTestCase {

        @Test
        @Replay("nonsense")
        void test() {}
    }

    static class ReplayAloneTestCase {

        @Replay("1:crash(x)")
        void test(Scenario scenario) {}
    }

    static class UnsettledTestCase {

        @FaultTest
        void test(Scenario scenario) {
            scenario.consumer("ledger", "deposits", Ledger.Deposit.class, deposit -> {});
            scenario.channel("deposits").send("d-1", new Ledger.Deposit("d-1", 30));
        }
    }

    static class NobodyListensTestCase {

        @FaultTest
        void test(Scenario scenario) {
            scenario.channel("deposits").send("d-1", new Ledger.Deposit("d-1", 30));
            scenario.settle();
        }
    }

    static class NoFaultPointTestCase {

        @FaultTest(faults = Fault.SEND_FAILED)
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @TransportProviderTests.Carrier
    static class ImpossibleTestCase {

        @FaultTest(faults = {Fault.DUPLICATE, Fault.REORDER})
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @TransportProviderTests.Carrier
    static class NamedImpossibleTestCase {

        @FaultTest(faults = {Fault.CRASH, Fault.REORDER})
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class NoPlaceTestCase {

        @FaultTest(
                faults = {Fault.CRASH, Fault.SEND_FAILED},
                maxFaults = 1)
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class OptionalTestCase {

        @FaultTest(
                faults = {Fault.CRASH, Fault.SEND_FAILED},
                optional = Fault.SEND_FAILED,
                maxFaults = 1)
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class OptionalButNotAskedForTestCase {

        @FaultTest(faults = Fault.CRASH, optional = Fault.SEND_FAILED)
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @TransportProviderTests.Carrier
    static class PartlyImpossibleTestCase {

        @FaultTest(
                faults = {Fault.CRASH, Fault.REORDER},
                optional = Fault.REORDER,
                maxFaults = 1)
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class OtherThreadTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void test(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @Test
    void refusesOneInstanceForAllSchedules() {
        assertThat(refusal(PerClassTestCase.class))
                .isEqualTo("@FaultTest on PerClassTestCase.test wants a fresh instance of its class for each schedule: "
                        + "remove @TestInstance(PER_CLASS) from PerClassTestCase, or the configuration parameter that makes "
                        + "it the default.");
        assertThat(refusal(OuterPerClassTestCase.class)).contains("from OuterPerClassTestCase");
    }

    @Test
    void refusesASecondAnnotationThatMakesATest() {
        assertThat(refusal(PlainTestTestCase.class))
                .isEqualTo(
                        "@FaultTest on PlainTestTestCase.test stands beside another annotation that makes a method a "
                                + "test, [@Test, @FaultTest]: leave one of them.");
        assertThat(refusal(RepeatedTestCase.class)).contains("[@RepeatedTest, @FaultTest]");
        assertThat(refusal(ParameterizedTestCase.class)).contains("[@ParameterizedTest, @FaultTest]");
        assertThat(refusal(TwiceTestCase.class)).contains("[@FaultTest, @AtLeastOnceTest]");
    }

    @Test
    void saysSoInTheTestsOfTheOtherAnnotationToo() {
        assertThat(Kit.select(PlainTestTestCase.class, kept).run().lines())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.status()).isEqualTo(FAILED);
                    assertThat(line.message())
                            .contains(
                                    "A Scenario belongs to one run of a @FaultTest, and this is none: remove what else makes "
                                            + "test(Scenario) a test");
                });
    }

    @Test
    void refusesAReplayOfNoFaultTest() {
        for (Class<?> fixture : List.of(
                ReplayedPlainTestCase.class, ReplayedWithoutScenarioTestCase.class, ReplayAloneTestCase.class)) {
            assertThat(Kit.select(fixture, kept).run().refusals())
                    .containsExactly(
                            "@Replay on " + fixture.getSimpleName() + ".test wants a @FaultTest or @AtLeastOnceTest "
                                    + "beside it, and nothing else that makes a method a test.");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {AnotherProviderTestCase.class, AnotherProviderAfterwardsTestCase.class})
    void saysSoInAnInvocationOfAnotherProvider(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept).run();

        assertThat(shown.lines())
                .filteredOn(line -> line.name().startsWith("["))
                .singleElement()
                .satisfies(
                        line -> assertThat(line.message()).contains("A Scenario belongs to one run of a @FaultTest"));
        assertThat(shown.names()).anyMatch(name -> name.startsWith("holds under"));
    }

    @Test
    void refusesConcurrentSchedules() {
        assertThat(Kit.select(ConcurrentTestCase.class, kept)
                        .with("junit.jupiter.execution.parallel.enabled", "true")
                        .run()
                        .refusals())
                .containsExactly(
                        "@FaultTest on ConcurrentTestCase.test runs its schedules one after the other, each chosen by "
                                + "the outcome of the one before: remove @Execution(CONCURRENT) from the method.");
    }

    @Test
    void refusesATestWithoutScenario() {
        assertThat(only(NoScenarioTestCase.class))
                .isEqualTo(
                        "@FaultTest on NoScenarioTestCase.test wants a parameter of type Scenario in the method, or in a "
                                + "@BeforeEach method of its class: without one there is nothing to disturb.");
    }

    @Test
    void refusesATestThatDoesNotSettle() {
        assertThat(only(UnsettledTestCase.class)).endsWith("Call scenario.settle() before asserting.");
    }

    @Test
    void refusesATestThatNobodyListensTo() {
        assertThat(only(NobodyListensTestCase.class)).startsWith("Nothing handled what the test sent to 'deposits'");
    }

    @Test
    void refusesATestWithoutAFaultPoint() {
        assertThat(only(NoFaultPointTestCase.class)).startsWith("No fault point was met: none of [SEND_FAILED]");
    }

    @Test
    void refusesFaultsThatTheTransportDoesNotHave() {
        assertThat(refusal(ImpossibleTestCase.class))
                .isEqualTo(
                        "None of the faults [DUPLICATE, REORDER] is possible by carrier pigeon: name at least one of "
                                + "[CRASH, CONNECTION_LOST, SEND_FAILED, SEND_UNCERTAIN, RESPONSE_LOST, RESPONSE_ERROR, RESPONSE_SLOW, FORGED, STALE, OLD_SCHEMA].");
    }

    @Test
    void namesTheFaultsThatTheTransportDoesNotHaveInTheClaim() {
        assertThat(Kit.select(PartlyImpossibleTestCase.class, kept).run().last().name())
                .startsWith("holds under every schedule with ≤ 1 fault (4 runs); tried: CRASH; "
                        + "memory of 'ledger' may outlive its crashes: its boot returned the same object twice; "
                        + "not possible by carrier pigeon: REORDER; not tried: ");
    }

    @Test
    void refusesAFaultThatIsNamedAndNotPossible() {
        assertThat(refusal(NamedImpossibleTestCase.class))
                .isEqualTo("The test names [REORDER], which is not possible by carrier pigeon: leave it out, or say "
                        + "optional = REORDER.");
    }

    @Test
    void failsWhereANamedFaultHasNoPlace() {
        Kit.Shown shown = Kit.select(NoPlaceTestCase.class, kept).run();
        assertThat(shown.last().status()).isEqualTo(FAILED);
        assertThat(shown.last().message())
                .contains("no place for SEND_FAILED", "leave it out, or say optional = SEND_FAILED.");
    }

    @Test
    void passesWhereAnOptionalFaultHasNoPlace() {
        Kit.Shown shown = Kit.select(OptionalTestCase.class, kept).run();
        assertThat(shown.statuses()).doesNotContain(FAILED);
        assertThat(shown.last().name()).contains("; no place for SEND_FAILED;");
    }

    @Test
    void refusesAnOptionalFaultThatIsNotAskedFor() {
        assertThat(refusal(OptionalButNotAskedForTestCase.class))
                .isEqualTo(
                        "@FaultTest on OptionalButNotAskedForTestCase.test: optional wants a fault that is among the "
                                + "faults, but SEND_FAILED is not.");
    }

    @Test
    void refusesABodyOnAnotherThread() {
        assertThat(only(OtherThreadTestCase.class)).contains("on a thread of its own", "SEPARATE_THREAD");
    }

    /** As a development environment does when one line of the tree is run again. */
    @Test
    void refusesToRunOneInvocationAlone() {
        String method = "[engine:junit-jupiter]/[class:" + PartlyImpossibleTestCase.class.getName()
                + "]/[test-template:test(" + Scenario.class.getName() + ")]";

        assertThat(Kit.select(selectUniqueId(method + "/[test-template-invocation:#3]"), kept)
                        .run()
                        .refusals())
                .containsExactly(
                        "@FaultTest on PartlyImpossibleTestCase.test: an invocation was left out, so nothing can be "
                                + "said about those after it. Select the whole method; for one schedule alone there is @Replay.");
    }

    private String refusal(Class<?> fixture) {
        List<String> refusals = Kit.select(fixture, kept).run().refusals();
        assertThat(refusals).hasSize(1);
        return refusals.get(0);
    }

    private String only(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept).run();
        assertThat(shown.statuses()).containsExactly(FAILED);
        return shown.last().message();
    }
}
