package io.github.atleastonce.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Runner;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.scenario.ScenarioRunner.Body;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * What an exploration came to, with the runs that it wanted, in order.
 *
 * @param outcome its outcome
 * @param trials the kinds of its runs
 * @param tokens the schedules that were explored, the fault-free one first
 */
public record Explored(Outcome outcome, List<Trial.Kind> trials, List<String> tokens) {

    /** Most bodies here assert nothing, since only their schedules are looked at. */
    public static final String COUNTED = "schedules are counted";

    public static Explored of(Body body, Bounds bounds, Fault first, Fault... others) {
        return of(
                body,
                Settings.explore(EnumSet.of(first, others), bounds)
                        .withUndelivered(Settings.mayPassUndelivered(COUNTED)));
    }

    public static Explored of(Body body, Settings settings) {
        List<Trial.Kind> trials = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        Outcome outcome = Runner.explore(
                settings, () -> 0, run -> body.perform(Scenario.open(run, TransportFactory.IN_MEMORY)), trial -> {
                    trials.add(trial.kind());
                    if (trial.kind() == Trial.Kind.FAULT_FREE || trial.kind() == Trial.Kind.EXPLORED) {
                        tokens.add(
                                new ScheduleToken(trial.run().schedule().trace().deviations()).toString());
                    }
                });
        return new Explored(outcome, trials, tokens);
    }

    /** Returns the claim of a pass, without the list of the faults that were tried. */
    public String claim() {
        return claim(outcome);
    }

    /** Returns the token of a failure. */
    public String token() {
        return token(outcome);
    }

    public static String claim(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        return extent(((Outcome.Passed) outcome).claim().toString());
    }

    private static String extent(String claim) {
        return claim.replaceAll(
                "; (not )?tried: [A-Z_, ]+|; no step in any handler of .*? between messages only|; may pass undelivered: "
                        + COUNTED,
                "");
    }

    public static String token(Outcome outcome) {
        return failed(outcome).token().toString();
    }

    public static Outcome.Failed failed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return (Outcome.Failed) outcome;
    }

    public static String reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Inconclusive.class);
        return extent(((Outcome.Inconclusive) outcome).reason());
    }
}
