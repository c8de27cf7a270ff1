package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where bounds come from, and what is said of those that cannot be read. */
class ConfigurationTests {

    private static final String ONE = "holds under every schedule with ≤ 1 fault (3 runs)";

    @TempDir
    Path kept;

    static class UnboundedTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class BoundedTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1, maxRuns = 50, timeout = "2m")
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class BudgetTestCase {

        @AtLeastOnceTest(budget = "PT0.000000001S")
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class EveryInterleavingTestCase {

        @FaultTest(faults = Fault.CONCURRENT, maxFaults = 1, everyInterleaving = true)
        void addsUpOnce(Scenario scenario) {
            twoSteps(scenario);
        }
    }

    static class ConcurrentTestCase {

        @FaultTest(faults = Fault.CONCURRENT, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            twoSteps(scenario);
        }
    }

    static class NothingAtOnceTestCase {

        @FaultTest(faults = Fault.CRASH, everyInterleaving = true)
        void addsUpOnce(Scenario scenario) {}
    }

    static class NegativeTestCase {

        @FaultTest(maxFaults = -2)
        void addsUpOnce(Scenario scenario) {}
    }

    static class UnreadableTestCase {

        @AtLeastOnceTest(timeout = "soon")
        void addsUpOnce(Scenario scenario) {}
    }

    static class PatientTestCase {

        @FaultTest(bounds = "maxAttempts = 5")
        void neverSucceeds(Scenario scenario) {
            scenario.service("ledger", life -> {
                life.subscribe("deposits", String.class, deposit -> {
                    throw new IllegalStateException("never");
                });
                return life;
            });
            scenario.channel("deposits").send("d-1", "deposit");
            scenario.settle();
        }
    }

    static class NoFaultsTestCase {

        @FaultTest(faults = {})
        void addsUpOnce(Scenario scenario) {}
    }

    @Test
    void takesTheAnnotation() {
        assertThat(claim(Kit.select(BoundedTestCase.class, kept))).isEqualTo(ONE);
    }

    @Test
    void takesAConfigurationParameterWhereTheAnnotationIsSilent() {
        assertThat(claim(Kit.select(UnboundedTestCase.class, kept).with("atleastonce.maxFaults", "1")))
                .isEqualTo(ONE);
    }

    @Test
    void letsTheAnnotationWinOverAConfigurationParameter() {
        assertThat(claim(Kit.select(BoundedTestCase.class, kept).with("atleastonce.maxFaults", "2")))
                .isEqualTo(ONE);
    }

    @Test
    void letsASystemPropertyWinOverTheAnnotation() {
        assertThat(claim(Kit.select(BoundedTestCase.class, kept).withProperty("atleastonce.maxFaults", "2")))
                .startsWith("holds under every schedule with ≤ 2 faults");
        assertThat(Kit.select(BoundedTestCase.class, kept)
                        .withProperty("atleastonce.maxRuns", "2")
                        .run()
                        .last()
                        .message())
                .contains("maxRuns = 2");
    }

    @Test
    void runsEveryInterleavingWhereItIsAskedFor() {
        String every = "holds under every schedule with ≤ 1 fault, every interleaving of the two included (10 runs)";
        String property = "atleastonce.everyInterleaving";

        assertThat(claim(Kit.select(EveryInterleavingTestCase.class, kept))).isEqualTo(every);
        assertThat(claim(Kit.select(ConcurrentTestCase.class, kept))).isEqualTo(ONE);
        assertThat(claim(Kit.select(ConcurrentTestCase.class, kept).with(property, "true")))
                .isEqualTo(every);
        assertThat(claim(Kit.select(EveryInterleavingTestCase.class, kept).withProperty(property, "false")))
                .isEqualTo(ONE);
    }

    @Test
    void spendsABudgetAndPassesWithWhatWasExhausted() {
        assertThat(claim(Kit.select(UnboundedTestCase.class, kept).with("atleastonce.budget", "PT0.000000001S")))
                .isEqualTo(ONE + "; beyond, 0 of 2 with 2 faults (stopped by budget = PT0.000000001S)");
        Kit.Shown shown = Kit.select(BudgetTestCase.class, kept).run();
        assertThat(shown.statuses()).containsOnly(SUCCESSFUL);
        assertThat(shown.last().name()).contains("≤ 1 fault (", "with 2 faults (stopped by budget = PT0.000000001S)");
    }

    @Test
    void boundsTheTime() {
        assertThat(Kit.select(BoundedTestCase.class, kept)
                        .withProperty("atleastonce.timeout", "PT0.000000001S")
                        .run()
                        .last()
                        .message())
                .contains("stopped by timeout = PT0.000000001S");
    }

    /** As what a bound says in the test is all that tells it: each way reaches each of them. */
    @ParameterizedTest
    @EnumSource
    void takesEachBoundEachWay(Bound bound) {
        String unlawful = "perhaps";
        String wanted = " wants " + bound.wanted() + ", but is 'perhaps'.";

        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .with("atleastonce." + bound, unlawful)
                        .run()
                        .refusals())
                .containsExactly("The configuration parameter atleastonce." + bound + wanted);
        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .withProperty("atleastonce." + bound, unlawful)
                        .run()
                        .refusals())
                .containsExactly("The system property atleastonce." + bound + wanted);
    }

    @Test
    void takesABoundThatHasNoAttributeOfItsOwn() {
        assertThat(failure(Kit.select(PatientTestCase.class, kept))).contains("threw 5 times (maxAttempts)");
        assertThat(failure(Kit.select(PatientTestCase.class, kept).with("atleastonce.maxAttempts", "2")))
                .contains("threw 5 times (maxAttempts)");
        assertThat(failure(Kit.select(PatientTestCase.class, kept).withProperty("atleastonce.maxAttempts", "2")))
                .contains("threw 2 times (maxAttempts)");
    }

    private static String failure(Kit kit) {
        return kit.run().last().message();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "atleastonce.maxFaults|many|a whole number of at least 0",
                "atleastonce.maxFaults|-1|a whole number of at least 0",
                "atleastonce.maxRuns|0|a whole number of at least 1",
                "atleastonce.timeout|0s|a duration longer than nothing, of 10000 days at the most, such as 30s, 5m or PT5M",
                "atleastonce.budget|soon|a duration longer than nothing, of 10000 days at the most, such as 30s, 5m or PT5M",
                "atleastonce.everyInterleaving|yes|'true' or 'false'",
                "atleastonce.progress|fast|'on' or 'off'",
                "atleastonce.inconclusive|maybe|'abort' or 'fail'",
            })
    void namesThePropertyThatCannotBeReadAndWhatItWants(String name, String value, String wanted) {
        String sentence = " " + name + " wants " + wanted + ", but is '" + value + "'.";

        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .with(name, value)
                        .run()
                        .refusals())
                .containsExactly("The configuration parameter" + sentence);
        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .withProperty(name, value)
                        .run()
                        .refusals())
                .containsExactly("The system property" + sentence);
    }

    /** JUnit names its parameters to no extension, so what is further off is printed only, by the listener of the launcher. */
    @ParameterizedTest
    @CsvSource({
        "atleastonce.maxfaults, atleastonce.maxFaults",
        "atleastonce.max-faults, atleastonce.maxFaults",
        "atleastonce.maxFault, atleastonce.maxFaults",
        "atleastonce.maxFautls, atleastonce.maxFaults",
        "atleastonce.timeouts, atleastonce.timeout",
        "atleastonce.inconclusve, atleastonce.inconclusive"
    })
    void refusesAParameterThatNobodyReads(String name, String nearest) {
        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .with(name, "1")
                        .run()
                        .refusals())
                .containsExactly(
                        "There is no configuration parameter " + name + ": the nearest one is " + nearest + ".");
    }

    @Test
    void refusesACommandAsAParameter() {
        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .with("atleastonce.journey.accept", "true")
                        .run()
                        .refusals())
                .containsExactly(
                        "The configuration parameter atleastonce.journey.accept is read by nobody: it is a command for one run, "
                                + "so give it as a system property.");
        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .withProperty("atleastonce.journey.accept", "true")
                        .run()
                        .refusals())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "atleastonce.maxfaults, atleastonce.maxFaults",
        "AtLeastOnce.timeouts, atleastonce.timeout",
        "atleastonce.faults, atleastonce.maxFaults",
        "atleastonce.inconclusve, atleastonce.inconclusive",
        "atleastonce.evolution.acept, atleastonce.evolution.accept",
        "atleastonce.journey.acept, atleastonce.journey.accept"
    })
    void refusesAPropertyThatNobodyReads(String name, String nearest) {
        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .withProperty(name, "1")
                        .run()
                        .refusals())
                .containsExactly("There is no system property " + name + ": the nearest one is " + nearest + ".");
    }

    @Test
    void leavesTheNamesOfOtherModulesToThem() {
        assertThat(claim(Kit.select(BoundedTestCase.class, kept).withProperty("atleastonce.kafka.port", "1")))
                .isEqualTo(ONE);
    }

    @Test
    void cutsAValueThatCannotBeRead() {
        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .withProperty("atleastonce.maxFaults", "x\u001b".repeat(500_000))
                        .run()
                        .refusals())
                .singleElement()
                .satisfies(sentence -> assertThat(sentence).hasSizeLessThan(300).doesNotContain("\u001b"));
    }

    @Test
    void namesTheAnnotationThatCannotBeReadAndWhatItWants() {
        assertThat(Kit.select(NegativeTestCase.class, kept).run().refusals())
                .containsExactly(
                        "@FaultTest on NegativeTestCase.addsUpOnce: maxFaults wants a whole number of at least 0, "
                                + "but is -2.");
        assertThat(Kit.select(UnreadableTestCase.class, kept).run().refusals())
                .containsExactly(
                        "@AtLeastOnceTest on UnreadableTestCase.addsUpOnce: timeout wants a duration longer than "
                                + "nothing, of 10000 days at the most, such as 30s, 5m or PT5M, but is 'soon'.");
        assertThat(Kit.select(NothingAtOnceTestCase.class, kept).run().refusals())
                .containsExactly(
                        "@FaultTest on NothingAtOnceTestCase.addsUpOnce: everyInterleaving wants CONCURRENT among "
                                + "the faults, since nothing else happens at once.");
        assertThat(Kit.select(NoFaultsTestCase.class, kept).run().refusals())
                .containsExactly("@FaultTest on NoFaultsTestCase.addsUpOnce: faults wants at least one fault.");
    }

    private static void twoSteps(Scenario scenario) {
        Set<String> written = new HashSet<>();
        scenario.service("ledger", life -> {
            life.subscribe("deposits", String.class, deposit -> {
                life.step("read");
                life.step("write", () -> written.add(deposit));
            });
            return life;
        });
        scenario.channel("deposits").send("d-1", "deposit");
        scenario.settle();
        assertThat(written).containsExactly("deposit");
    }

    private static String claim(Kit kit) {
        return kit.run().last().name().replaceAll("; (not )?tried: .*", "");
    }
}
