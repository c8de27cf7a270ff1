package io.github.atleastonce.scenario;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.channel.Transports;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Runner;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.FaultSource;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Explores a body without a test framework; what the annotations do, for everything else. Immutable.
 *
 * <pre>{@code
 * Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE, Fault.CRASH).explore(scenario -> { … });
 * }</pre>
 */
public final class ScenarioRunner {

    /** A test body. */
    @FunctionalInterface
    public interface Body {

        /**
         * Performs the body once.
         *
         * @param scenario what it acts on
         * @throws Exception what it throws, a failed assertion included
         */
        void perform(Scenario scenario) throws Exception;
    }

    private final Set<Fault> faults;
    private final Bounds bounds;
    private final Transports transports;

    private ScenarioRunner(Set<Fault> faults, Bounds bounds, Transports transports) {
        this.faults = faults;
        this.bounds = bounds;
        this.transports = transports;
    }

    /**
     * Creates a runner on the in-memory transport with its default bounds.
     *
     * @param first a fault that may be injected
     * @param others further ones
     * @return the runner
     */
    public static ScenarioRunner of(Fault first, Fault... others) {
        return new ScenarioRunner(
                EnumSet.of(first, others), Bounds.DEFAULT, Transports.of(List.of(TransportFactory.IN_MEMORY)));
    }

    /**
     * Returns a runner with other bounds.
     *
     * @param wanted the bounds
     * @return the new runner
     */
    public ScenarioRunner within(Bounds wanted) {
        return new ScenarioRunner(faults, wanted, transports);
    }

    /**
     * Returns a runner on another transport.
     *
     * @param wanted the transport
     * @return the new runner
     */
    public ScenarioRunner on(TransportFactory wanted) {
        return new ScenarioRunner(faults, bounds, Transports.of(List.of(wanted)));
    }

    /**
     * Returns a runner with one more transport beside those that it has: each channel goes to the one that declares it.
     *
     * @param further the transport
     * @return the new runner
     */
    public ScenarioRunner and(TransportFactory further) {
        return new ScenarioRunner(faults, bounds, transports.and(further));
    }

    /**
     * Explores a body to its outcome.
     *
     * @param body the body
     * @return how it ended
     */
    public Outcome explore(Body body) {
        return run(Settings.explore(faults, bounds), body);
    }

    /**
     * Runs a body under one schedule, after a run without faults.
     *
     * @param token the schedule
     * @param body the body
     * @return how it ended
     */
    public Outcome replay(ScheduleToken token, Body body) {
        return run(new Settings(faults, bounds, null, token, null), body);
    }

    private Outcome run(Settings settings, Body body) {
        Set<Fault> offered = FaultSource.present();
        offered.addAll(transports.faults());
        Settings possible = settings.limitedTo(offered, transports.toString());
        return Runner.explore(possible, run -> body.perform(Scenario.open(run, transports)));
    }
}
