package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build is for says how far its fault tests come, and the claim says where that was the reason. */
class ProfileTests {

    private static final String TINY = "PT0.000000001S";

    @TempDir
    Path kept;

    static class UnboundedTestCase {

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class BoundedTestCase {

        @AtLeastOnceTest(maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class HurriedTestCase {

        @AtLeastOnceTest(budget = TINY)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class BrokenTestCase {

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }
    }

    @Test
    void aPullRequestPassesWithWhatWasExhausted() {
        assertThat(last(UnboundedTestCase.class, "pull-request", "atleastonce.budget", TINY)
                        .toString())
                .startsWith(
                        "SUCCESSFUL holds under every schedule with ≤ 1 fault (7 runs); beyond, 0 of 31 with 2 faults (stopped by "
                                + "budget = PT0.000000001S, profile pull-request); tried: ");
    }

    @Test
    void aBoundIsABudgetOnceEveryScheduleWithOneFaultWasRun() {
        Kit.Line reached = last(UnboundedTestCase.class, "nightly", "atleastonce.maxRuns", "9");

        assertThat(reached.status()).isEqualTo(SUCCESSFUL);
        assertThat(reached.name()).contains("(stopped by maxRuns = 9, profile nightly)");
        assertThat(last(UnboundedTestCase.class, null, "atleastonce.maxRuns", "9")
                        .status())
                .isEqualTo(FAILED);
        assertThat(last(UnboundedTestCase.class, "nightly", "atleastonce.maxRuns", "3")
                        .status())
                .isEqualTo(FAILED);
    }

    @Test
    void aNightGoesFurtherWhereTheTestIsSilent() {
        assertThat(last(UnboundedTestCase.class, "nightly").name())
                .startsWith("holds under every schedule with ≤ 3 faults (");
        assertThat(last(BoundedTestCase.class, "nightly").name())
                .startsWith("holds under every schedule with ≤ 1 fault (");
        assertThat(last(UnboundedTestCase.class, "pull-request").name())
                .startsWith("holds under every schedule with ≤ 2 faults (");
    }

    @Test
    void theBuildKnowsBetterThanTheTestHowMuchTimeThereIs() {
        assertThat(last(HurriedTestCase.class, null).name()).contains("stopped by budget = " + TINY);
        assertThat(last(HurriedTestCase.class, "nightly").name()).doesNotContain("stopped");
    }

    @Test
    void aFailureIsNoMatterOfTime() {
        assertThat(last(BrokenTestCase.class, "pull-request", "atleastonce.budget", TINY)
                        .message())
                .startsWith("Fails under 1 fault.");
    }

    @Test
    void theBudgetEndsAnExplorationAndNotItsTimeout() {
        for (Profile profile : Profile.values()) {
            assertThat(profile.on(Bounds.DEFAULT).timeout()).isGreaterThan(profile.time());
            assertThat(profile.on(Bounds.DEFAULT.with(io.github.atleastonce.schedule.Bound.TIMEOUT, "1h"))
                            .timeout())
                    .isEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void anUnknownProfileIsRefused() {
        assertThat(Kit.select(UnboundedTestCase.class, kept)
                        .with("atleastonce.profile", "weekly")
                        .run()
                        .refusals())
                .singleElement()
                .asString()
                .contains("The configuration parameter atleastonce.profile wants 'pull-request' or 'nightly', but is "
                        + "'weekly'.");
    }

    private Kit.Line last(Class<?> fixture, String profile, String... property) {
        Kit kit = Kit.select(fixture, kept);
        if (profile != null) {
            kit.with("atleastonce.profile", profile);
        }
        if (property.length > 0) {
            kit.withProperty(property[0], property[1]);
        }
        return kit.run().last();
    }
}
