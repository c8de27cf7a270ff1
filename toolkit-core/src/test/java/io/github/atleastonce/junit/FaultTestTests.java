package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;

/** What the tree of tests shows for an exploration that passes, and for one that fails. */
class FaultTestTests {

    @TempDir
    Path kept;

    static class IdempotentTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class ForgetfulTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpOnce(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }
    }

    static class ThrowingTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpOnce(Scenario scenario) {
            Ledger ledger = Ledger.forgetful();
            scenario.always(() -> {
                if (ledger.total() > 30) {
                    throw new IllegalStateException("too rich");
                }
            });
            ledger.depositsOnce(scenario);
        }
    }

    static class WrongTestCase {

        @AtLeastOnceTest
        void addsUpWrongly(Scenario scenario) {
            Ledger ledger = Ledger.idempotent();
            ledger.depositsOnce(scenario);
            assertThat(ledger.total()).isEqualTo(31);
        }
    }

    @Test
    void namesEachScheduleAndEndsWithTheClaim() {
        Kit.Shown shown = Kit.select(IdempotentTestCase.class, kept)
                .with("atleastonce.maxFaults", "1")
                .run();

        assertThat(shown.statuses()).containsOnly(SUCCESSFUL);
        assertThat(shown.names())
                .containsExactly(
                        "no fault",
                        "no fault, once more",
                        "Deposit(d-1) delivered twice",
                        "Deposit(d-1) delivered again when all was quiet",
                        "nothing is delivered: does the test notice?",
                        "holds under every schedule with ≤ 1 fault (3 runs); tried: DUPLICATE; not tried: REDELIVERY, "
                                + "REORDER, DELAY, CONCURRENT, CRASH, CONNECTION_LOST, SEND_FAILED, SEND_UNCERTAIN, "
                                + "POISON, RESPONSE_LOST, RESPONSE_ERROR");
        assertThat(shown.entries())
                .singleElement()
                .asString()
                .containsIgnoringCase("holds under every schedule with ≤ 1 fault (3 runs)");
    }

    @Test
    void goesUpToTheNumberOfFaultsThatSuitsTheTransport() {
        assertThat(Kit.select(IdempotentTestCase.class, kept).run().last().name())
                .startsWith("holds under every schedule with ≤ 2 faults");
    }

    @Test
    void failsOnceForAFailureAndSkipsNothing() {
        Kit.Shown shown = Kit.select(ForgetfulTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(shown.names().get(2)).isEqualTo("Deposit(d-1) delivered twice");
        assertThat(shown.names().get(3)).startsWith("once more to be sure: 1:duplicate(");
    }

    @Test
    void failsWithTheStoryAndTheValuesAndPlaceOfTheAssertion() {
        Kit.Shown shown = Kit.select(ForgetfulTestCase.class, kept).run();

        assertThat(shown.last().thrown()).isInstanceOfSatisfying(AssertionFailedError.class, error -> {
            assertThat(error.getMessage())
                    .contains("Fails under 1 fault")
                    .contains("-Datleastonce.replay='1:duplicate(")
                    .isEqualTo(shown.entries().get(0));
            assertThat(error.getExpected().getStringRepresentation()).isEqualTo("30");
            assertThat(error.getActual().getStringRepresentation()).isEqualTo("60");
            assertThat(error.getStackTrace()).isEqualTo(error.getCause().getStackTrace());
        });
    }

    @Test
    void failsWithAnAssertionErrorWhateverTheBodyThrew() {
        assertThat(Kit.select(ThrowingTestCase.class, kept).run().last().thrown())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("too rich")
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void showsAFailureWithoutFaultsAsItIsAndExploresNothing() {
        Kit.Shown shown = Kit.select(WrongTestCase.class, kept).run();

        assertThat(shown.lines()).singleElement().satisfies(line -> {
            assertThat(line.name()).isEqualTo("no fault");
            assertThat(line.status()).isEqualTo(FAILED);
            assertThat(line.thrown()).hasNoCause().hasMessageContaining("31");
        });
    }

    @Test
    void publishesTheStoryAsAFileWhereTheLauncherTakesFiles(@TempDir Path reports) throws IOException {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(ForgetfulTestCase.class))
                        .configurationParameter("junit.platform.reporting.output.dir", reports.toString())
                        .configurationParameter("atleastonce.directory", kept.toString())
                        .build());

        try (Stream<Path> files = Files.walk(reports)) {
            assertThat(files.filter(file -> file.endsWith(Path.of("atleastonce", "story.txt"))))
                    .singleElement(as(InstanceOfAssertFactories.PATH))
                    .content()
                    .contains("Fails under 1 fault");
        }
        try (Stream<Path> files = Files.walk(reports)) {
            assertThat(files.filter(file -> file.endsWith(Path.of("atleastonce", "journey.mmd"))))
                    .singleElement(as(InstanceOfAssertFactories.PATH))
                    .content()
                    .startsWith("flowchart LR\n")
                    .contains("the_test");
        }
    }
}
