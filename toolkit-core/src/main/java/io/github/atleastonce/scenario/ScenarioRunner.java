package io.github.atleastonce.scenario;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.channel.Transports;
import io.github.atleastonce.explore.Deriving;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Runner;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.FaultSource;
import io.github.atleastonce.schedule.ScheduleToken;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Explores a body without a test framework; what the annotations do, for everything else. Immutable.
 *
 * <pre>{@code
 * Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE, Fault.CRASH).explore(scenario -> { … });
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL)
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
    private final @Nullable Duration budget;
    private final Transports transports;
    private final @Nullable String undelivered;
    private final boolean derive;

    private ScenarioRunner(
            Set<Fault> faults,
            Bounds bounds,
            @Nullable Duration budget,
            Transports transports,
            @Nullable String undelivered,
            boolean derive) {
        this.faults = faults;
        this.bounds = bounds;
        this.budget = budget;
        this.transports = transports;
        this.undelivered = undelivered;
        this.derive = derive;
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
                EnumSet.of(first, others),
                Bounds.DEFAULT,
                null,
                Transports.of(List.of(TransportFactory.IN_MEMORY)),
                null,
                false);
    }

    /**
     * Returns a runner with other bounds.
     *
     * @param wanted the bounds
     * @return the new runner
     */
    public ScenarioRunner within(Bounds wanted) {
        return new ScenarioRunner(faults, wanted, budget, transports, undelivered, derive);
    }

    /**
     * Returns a runner that runs every schedule with one fault, and goes on until some time has gone by since the beginning; it passes with what it has
     * exhausted by then. A bound that is reached is no pass.
     *
     * @param time the time since the beginning
     * @return the new runner
     */
    public ScenarioRunner withBudget(Duration time) {
        return new ScenarioRunner(faults, bounds, time, transports, undelivered, derive);
    }

    /**
     * Returns a runner on another transport.
     *
     * @param wanted the transport
     * @return the new runner
     */
    public ScenarioRunner on(TransportFactory wanted) {
        return new ScenarioRunner(faults, bounds, budget, Transports.of(List.of(wanted)), undelivered, derive);
    }

    /**
     * Returns a runner with one more transport beside those that it has: each channel goes to the one that declares it.
     *
     * @param further the transport
     * @return the new runner
     */
    public ScenarioRunner and(TransportFactory further) {
        return new ScenarioRunner(faults, bounds, budget, transports.and(further), undelivered, derive);
    }

    /**
     * Returns a runner for a body that may pass even when nothing is delivered, such as one that only forbids something. Any other
     * body has to notice, in a run of its own, or it shows nothing.
     *
     * @param reason why it may; the claim says so
     * @return the new runner
     */
    public ScenarioRunner mayPassUndelivered(String reason) {
        return new ScenarioRunner(faults, bounds, budget, transports, Settings.mayPassUndelivered(reason), derive);
    }

    /**
     * Returns a runner that derives schedules from others where two runs come to the same state, as {@code @FaultTest(derive = true)} does.
     *
     * @return the new runner
     */
    public ScenarioRunner deriving() {
        return new ScenarioRunner(faults, bounds, budget, transports, undelivered, true);
    }

    /**
     * Explores a body to its outcome.
     *
     * @param body the body
     * @return how it ended
     */
    public Outcome explore(Body body) {
        Settings settings = Settings.explore(faults, bounds)
                .withBudget(budget)
                .withUndelivered(undelivered)
                .withDeriving(derive ? Deriving.USUAL : null);
        return run(settings, body);
    }

    /**
     * Runs a body under one schedule, after a run without faults.
     *
     * @param token the schedule
     * @param body the body
     * @return how it ended
     */
    public Outcome replay(ScheduleToken token, Body body) {
        return run(Settings.explore(faults, bounds).withReplay(token), body);
    }

    private Outcome run(Settings settings, Body body) {
        Set<Fault> offered = FaultSource.present();
        offered.addAll(transports.faults(faults));
        Set<Fault> unnamed = transports.amongNodes();
        unnamed.removeAll(faults);
        Settings possible = settings.limitedTo(offered, transports.toString()).amongNodes(unnamed);
        return Runner.explore(possible, run -> body.perform(Scenario.open(run, transports)));
    }
}
