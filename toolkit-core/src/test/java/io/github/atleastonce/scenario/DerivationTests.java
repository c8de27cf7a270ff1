package io.github.atleastonce.scenario;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Deriving;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules that are derived from others: as many as there are, and none that ends otherwise. */
class DerivationTests {

    private static void body(Scenario scenario) {
        Deposits.threeMessages(scenario, new Deposits());
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "2, 260", "3, 2915"})
    void countsAsManyAsThereAre(int faults, int schedules) {
        Claim claim = claim(explore(DerivationTests::body, faults, Deriving.USUAL, DUPLICATE, REDELIVERY, CRASH));
        System.out.println(claim);
        assertThat(claim.runs()).isEqualTo(schedules);
    }

    static Outcome explore(ScenarioRunner.Body body, int faults, Deriving how, Fault first, Fault... others) {
        Bounds bounds = Bounds.DEFAULT.withMaxFaults(faults).withRewind(1);
        return Explored.of(
                        body,
                        Settings.explore(EnumSet.of(first, others), bounds)
                                .withUndelivered(Settings.mayPassUndelivered(Explored.COUNTED))
                                .withDeriving(how))
                .outcome();
    }

    static Claim claim(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        return ((Outcome.Passed) outcome).claim();
    }
}
