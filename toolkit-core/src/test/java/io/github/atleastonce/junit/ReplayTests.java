package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** One schedule instead of an exploration: from the annotation, or from outside without an edit. */
class ReplayTests {

    private static final String TOKEN = "1:crash(ledger<deposits[k1]/commit)";

    @TempDir
    Path kept;

    static class ForgetfulTestCase {

        @FaultTest
        void addsUpOnce(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }
    }

    static class ReplayedTestCase {

        @Replay(TOKEN)
        @FaultTest
        void addsUpOnce(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }
    }

    static class MendedTestCase {

        @Replay(TOKEN)
        @FaultTest
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class DivergedTestCase {

        @Replay("1:crash(ledger<deposits[k9]/commit)")
        @FaultTest
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class MalformedTestCase {

        @Replay("crash")
        @FaultTest
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @Test
    void failsAsTheTokenSays() {
        Kit.Shown shown = Kit.select(ReplayedTestCase.class, kept).run();

        assertThat(shown.names()).containsExactly("no fault", "replay of " + TOKEN);
        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, FAILED);
        assertThat(shown.last().thrown())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining(TOKEN);
    }

    @Test
    void passesWhatWasMended() {
        assertThat(Kit.select(MendedTestCase.class, kept).run().statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL);
    }

    @Test
    void failsWhereTheTokenIsNotMet() {
        Kit.Shown shown = Kit.select(DivergedTestCase.class, kept).run();

        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(shown.last().name()).isEqualTo("replay diverged");
        assertThat(shown.last().thrown())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("crash(ledger<deposits[k9]/commit), was never met");
    }

    @Test
    void takesTheTokenFromASystemPropertyWithoutAnEdit() {
        Kit.Shown shown = Kit.select(ForgetfulTestCase.class, kept)
                .withProperty("atleastonce.replay", TOKEN)
                .run();

        assertThat(shown.names()).containsExactly("no fault", "replay of " + TOKEN);
        assertThat(shown.last().status()).isEqualTo(FAILED);
    }

    @Test
    void letsTheSystemPropertyWinOverTheAnnotation() {
        Kit.Shown shown = Kit.select(DivergedTestCase.class, kept)
                .withProperty("atleastonce.replay", TOKEN)
                .run();

        assertThat(shown.names()).containsExactly("no fault", "replay of " + TOKEN);
        assertThat(shown.last().status()).isEqualTo(SUCCESSFUL);
    }

    @Test
    void letsTheAnnotationWinOverTheConfigurationParameter() {
        Kit.Shown shown = Kit.select(MendedTestCase.class, kept)
                .with("atleastonce.replay", "1:crash(nowhere)")
                .run();

        assertThat(shown.names()).containsExactly("no fault", "replay of " + TOKEN);
    }

    @Test
    void takesTheTokenFromAConfigurationParameter() {
        Kit.Shown shown = Kit.select(ForgetfulTestCase.class, kept)
                .with("atleastonce.replay", TOKEN)
                .run();

        assertThat(shown.names()).containsExactly("no fault", "replay of " + TOKEN);
    }

    @Test
    void namesTheAnnotationWhoseTokenCannotBeRead() {
        assertThat(Kit.select(MalformedTestCase.class, kept).run().refusals())
                .singleElement()
                .asString()
                .startsWith("@Replay on addsUpOnce wants the token of a schedule.")
                .contains("'crash'");
    }

    @Test
    void namesThePropertyWhoseTokenCannotBeRead() {
        assertThat(Kit.select(MendedTestCase.class, kept)
                        .withProperty("atleastonce.replay", "7:crash(x)")
                        .run()
                        .refusals())
                .singleElement()
                .asString()
                .startsWith("The system property atleastonce.replay wants the token of a schedule.")
                .contains("version 7");
    }

    @Test
    void saysThatTheTokenWithoutFaultsIsTheRunWithoutFaults() {
        Kit.Shown shown = Kit.select(MendedTestCase.class, kept)
                .withProperty("atleastonce.replay", "1:")
                .run();

        assertThat(shown.names()).containsExactly("no fault", "replay of 1:, the run without faults");
        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL);
    }

    @Test
    void cutsATokenOfAnyLength() {
        Kit.Shown shown = Kit.select(MendedTestCase.class, kept)
                .withProperty("atleastonce.replay", "1:crash(" + "a".repeat(1_000_000) + ")")
                .run();

        assertThat(shown.names()).allSatisfy(name -> assertThat(name).hasSizeLessThan(1_100));
        assertThat(shown.last().status()).isEqualTo(FAILED);
        assertThat(shown.last().message()).hasSizeLessThan(10_000).contains("was never met");
    }
}
