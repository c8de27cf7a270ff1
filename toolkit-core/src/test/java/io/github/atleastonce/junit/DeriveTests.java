package io.github.atleastonce.junit;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault tests whose schedules are derived from others. */
class DeriveTests {

    @TempDir
    Path kept;

    static class DerivingTestCase {

        @FaultTest(
                faults = {DUPLICATE, REDELIVERY, CRASH},
                maxFaults = 3,
                derive = true)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class PlainTestCase {

        @FaultTest(
                faults = {DUPLICATE, REDELIVERY, CRASH},
                maxFaults = 3)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class BrokenTestCase {

        @FaultTest(
                faults = {DUPLICATE, REDELIVERY, CRASH},
                derive = true)
        void addsUpOnce(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }
    }

    @Test
    void theClaimTellsWhatWasRunAndDerived() {
        String plain = last(DerivingTestCase.class, "atleastonce.shard", "1/1");

        assertThat(plain).containsPattern("with ≤ 3 faults \\(\\d+: \\d+ run, \\d+ derived, \\d+ of them checked\\)");
        assertThat(schedules(plain)).isEqualTo(schedules(last(PlainTestCase.class, "atleastonce.shard", "1/1")));
    }

    @Test
    void aFailureIsFoundKeptAndReplayedAsWithoutDeriving() {
        Kit.Shown first = Kit.select(BrokenTestCase.class, kept).run();
        Kit.Shown second = Kit.select(BrokenTestCase.class, kept).run();

        assertThat(first.last().message())
                .startsWith("Fails under 1 fault.")
                .contains("Replay: -Datleastonce.replay='1:");
        assertThat(second.lines()).anyMatch(line -> line.name().startsWith("what failed the last time: 1:"));
        assertThat(last(BrokenTestCase.class, "atleastonce.replay", "1:duplicate(deposits[k1])"))
                .contains("replay of 1:duplicate");
    }

    @Test
    void aShardRunsAllOfItsOwn() {
        assertThat(last(DerivingTestCase.class, "atleastonce.shard", "1/2"))
                .startsWith("shard 1 of 2 holds under each of its schedules with ≤ 3 faults (")
                .contains("nothing was derived, since a shard does not know what others have run");
    }

    @Test
    void aProfilePassesWithWhatWasExhausted() {
        assertThat(Kit.select(DerivingTestCase.class, kept)
                        .with("atleastonce.profile", "pull-request")
                        .with("atleastonce.maxRuns", "20")
                        .run()
                        .last()
                        .name())
                .startsWith("holds under every schedule with ≤ ")
                .contains("stopped by maxRuns = 20, profile pull-request");
    }

    private String last(Class<?> fixture, String parameter, String value) {
        return Kit.select(fixture, kept).with(parameter, value).run().last().name();
    }

    private static String schedules(String claim) {
        return claim.substring(claim.indexOf('(') + 1).split("[: ]")[0];
    }
}
