package io.github.atleastonce.explore;

import io.github.atleastonce.history.History;
import io.github.atleastonce.run.Baseline;
import io.github.atleastonce.run.DisturbedException;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Plan;
import io.github.atleastonce.schedule.PlannedSchedule;
import io.github.atleastonce.schedule.ReplaySchedule;
import io.github.atleastonce.schedule.Schedule;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says which run comes next, and what the result of each means. The fault-free run comes first, twice; then what failed the last
 * time; then every schedule, smallest first; a suspect one again before the verdict; and the fault-free run once more.
 *
 * <p>Drive it so: take {@link #next()}, perform the body in the trial's run, call {@link #check} if the body returned, and
 * report either {@link #passed} or {@link #failed}. Not thread-safe.
 */
public final class Exploration {

    private static final ScheduleToken FAULT_FREE = new ScheduleToken(List.of());
    /** How deep a cause is looked for: chains of causes may be circles. */
    private static final int CAUSES = 10;

    private static final String MANAGE =
            "Seed or inject what varies (scenario.clock() tells the time of the run), and bring "
                    + "state that runs share back to its beginning with scenario.reset.";

    private final Settings settings;
    private final Coverage coverage;
    private final Baseline baseline = Baseline.taken();
    private Trial.@Nullable Kind last;
    private @Nullable Plan faultFree;
    private @Nullable Plan plan;
    private @Nullable Suspect suspect;
    private @Nullable Effects effects;
    private @Nullable Outcome outcome;

    private record Suspect(ScheduleToken token, Throwable failure, Trial.Kind kind, History history) {}

    /**
     * Begins an exploration.
     *
     * @param settings what it is to do
     * @param nanoTime tells the time in nanoseconds, for the bound {@code timeout}
     */
    public Exploration(Settings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.coverage = new Coverage(settings, nanoTime);
    }

    /**
     * Returns the run that comes next.
     *
     * @return the trial, or empty when the exploration has its outcome
     */
    public Optional<Trial> next() {
        if (outcome != null) {
            return Optional.empty();
        }
        Trial trial = trial();
        last = trial == null ? Trial.Kind.CLOSING : trial.kind();
        return Optional.ofNullable(trial);
    }

    /**
     * Closes the run of a trial whose body has returned, and checks what the body itself does not: that nothing was left pending,
     * that something was handled at all, and that a fault-free run did what the first one did. May decide the outcome.
     *
     * @param trial the trial
     * @param run its run
     * @throws UsageException if the test proves nothing as it stands
     */
    public void check(Trial trial, Run run) {
        List<String> leftovers = run.close();
        if (!leftovers.isEmpty()) {
            throw new UsageException("The test body ended with work pending: " + String.join("; ", leftovers)
                    + ". Call scenario.settle() before asserting.");
        }
        switch (trial.kind()) {
            case FAULT_FREE -> {
                effects = Effects.of(run);
                if (settings.replay() == null && settings.bounds().maxFaults() > 0) {
                    Evidence.require(run, settings.faults());
                    coverage.expect(run.schedule().trace());
                }
            }
            case FAULT_FREE_AGAIN ->
                compare(
                        run,
                        "Two fault-free runs differ",
                        "an unseeded random number, the time, "
                                + "another thread, or state that outlives a run such as a static field or a database without reset");
            case CLOSING ->
                compare(
                        run,
                        "The fault-free run at the end differs from the one at the beginning",
                        "state that outlives a run, such as a static field or a database without reset");
            default -> {}
        }
    }

    /**
     * Takes note that the body and everything around it passed.
     *
     * @param trial the trial
     * @param run its run
     */
    public void passed(Trial trial, Run run) {
        if (outcome != null) {
            return;
        }
        Schedule schedule = trial.schedule();
        switch (trial.kind()) {
            case FAULT_FREE, EXPLORED -> {
                Optional<String> divergence = divergence(schedule);
                if (divergence.isPresent()) {
                    outcome = nondeterministic(divergence.get());
                } else {
                    coverage.completed(schedule.trace());
                }
            }
            case REPLAY ->
                outcome = divergence(schedule)
                        .<Outcome>map(how -> new Outcome.Diverged(requireReplay(), how))
                        .orElseGet(() -> new Outcome.Passed(coverage.claim()));
            case CONFIRMING -> outcome = flaky(suspect(), null);
            case CLOSING -> outcome = conclusion();
            default -> {}
        }
    }

    /**
     * Takes note that the body, or something around it, failed.
     *
     * @param trial the trial
     * @param run its run
     * @param failure what was thrown
     * @return what to show for it
     */
    public Verdict failed(Trial trial, Run run, Throwable failure) {
        if (outcome != null) {
            return Verdict.DECIDED;
        }
        run.abandon();
        if (trial.kind() != Trial.Kind.FAULT_FREE) {
            DisturbedException disturbance = disturbance(failure);
            if (disturbance != null) {
                outcome = new Outcome.Inconclusive(
                        "The run \"" + trial.name() + "\" was disturbed: " + disturbance.getMessage(),
                        disturbance.remedy());
                return Verdict.DECIDED;
            }
        }
        Optional<String> divergence = divergence(trial.schedule());
        switch (trial.kind()) {
            case FAULT_FREE -> {
                outcome = new Outcome.Failed(FAULT_FREE, failure, run.history(), new Effort(0, 0, 1, 1, -1, 0));
                return Verdict.ORDINARY;
            }
            case FAULT_FREE_AGAIN -> outcome = leaked("the second time", failure);
            case CLOSING -> outcome = leaked("at the end", failure);
            case REPLAY ->
                outcome = divergence
                        .<Outcome>map(how -> new Outcome.Diverged(requireReplay(), how))
                        .orElseGet(() -> failedAlone(requireReplay(), failure, run));
            case KEPT -> {
                if (divergence.isPresent()) {
                    return Verdict.OBSOLETE;
                }
                suspect = new Suspect(requireKept(), failure, Trial.Kind.KEPT, run.history());
                return Verdict.SUSPECT;
            }
            case EXPLORED -> {
                if (divergence.isEmpty()) {
                    suspect = new Suspect(require(plan).token(), failure, Trial.Kind.EXPLORED, run.history());
                    return Verdict.SUSPECT;
                }
                outcome = nondeterministic(divergence.get());
            }
            case CONFIRMING ->
                outcome = divergence.map(Exploration::nondeterministic).orElseGet(() -> confirmed(run, failure));
        }
        return Verdict.DECIDED;
    }

    /**
     * Takes note that the body gave up, as an assumption does that does not hold.
     *
     * @param trial the trial
     * @param run its run
     * @param why what the body said
     */
    public void gaveUp(Trial trial, Run run, String why) {
        run.abandon();
        if (outcome == null) {
            outcome = new Outcome.Inconclusive(
                    "The body gave up under \"" + trial.name() + "\": " + why,
                    "Assume only what no schedule changes, and assert what should hold.");
        }
    }

    /**
     * Returns the outcome.
     *
     * @return the outcome, empty while there are trials left
     */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    private @Nullable Trial trial() {
        if (last == null) {
            faultFree = coverage.first();
            return trial(Trial.Kind.FAULT_FREE, planned(faultFree), "no fault");
        }
        if (settings.replay() != null) {
            ScheduleToken token = settings.replay();
            return trial(Trial.Kind.REPLAY, token.schedule(), "replay of " + token);
        }
        if (last == Trial.Kind.FAULT_FREE) {
            return trial(Trial.Kind.FAULT_FREE_AGAIN, planned(require(faultFree)), "no fault, once more");
        }
        if (suspect != null) {
            ScheduleToken token = suspect.token();
            return trial(Trial.Kind.CONFIRMING, token.schedule(), "once more to be sure: " + token);
        }
        if (last == Trial.Kind.FAULT_FREE_AGAIN && settings.kept() != null) {
            ScheduleToken token = settings.kept();
            return trial(Trial.Kind.KEPT, token.schedule(), "what failed the last time: " + token);
        }
        plan = coverage.next().orElse(null);
        Plan next = plan;
        if (next != null) {
            return new Trial(
                    Trial.Kind.EXPLORED, planned(next), () -> String.join("; ", next.phrases()), settings, baseline);
        }
        return trial(
                Trial.Kind.CLOSING,
                planned(require(faultFree)),
                coverage.claim().toString());
    }

    private Trial trial(Trial.Kind kind, Schedule schedule, String name) {
        return new Trial(kind, schedule, () -> name, settings, baseline);
    }

    private PlannedSchedule planned(Plan next) {
        return next.schedule(settings.bounds().maxDeviations());
    }

    private Outcome conclusion() {
        Claim claim = coverage.claim();
        if (claim.isConclusive()) {
            return new Outcome.Passed(claim);
        }
        String bound = claim.bound();
        String remedy = bound == null
                ? "Let maxFaults be at least 1."
                : "Raise " + bound.substring(0, bound.indexOf(' '))
                        + ", ask for fewer faults, or let the body send less.";
        return new Outcome.Inconclusive("This exploration " + claim + ".", remedy);
    }

    private void compare(Run run, String what, String usually) {
        Effects first = effects;
        if (first == null) {
            return;
        }
        first.difference(Effects.of(run))
                .ifPresent(difference -> outcome = new Outcome.Inconclusive(
                        what + ": " + difference + ". Something varies that no schedule decides: " + usually + ".",
                        MANAGE));
    }

    private static Outcome leaked(String when, Throwable failure) {
        return new Outcome.Inconclusive(
                "The fault-free run passed at first and failed " + when
                        + ": state outlives a run, such as a static field or a database without reset. It failed with: "
                        + failure,
                MANAGE);
    }

    private static Outcome nondeterministic(String divergence) {
        return new Outcome.Inconclusive(
                "A schedule could not be followed: " + divergence
                        + ". Something varies that no schedule decides: an unseeded random number, the time, another thread, or "
                        + "state that outlives a run.",
                MANAGE);
    }

    private Outcome confirmed(Run run, Throwable failure) {
        Suspect first = suspect();
        if (!same(first.failure(), failure)) {
            return flaky(first, failure);
        }
        if (first.kind() == Trial.Kind.KEPT) {
            return failedAlone(first.token(), failure, run);
        }
        return new Outcome.Failed(first.token(), failure, run.history(), coverage.effort(first.token(), run));
    }

    private static Outcome flaky(Suspect first, @Nullable Throwable second) {
        return new Outcome.Flaky(first.token(), first.failure(), second, first.history());
    }

    private static Outcome failedAlone(ScheduleToken token, Throwable failure, Run run) {
        return new Outcome.Failed(token, failure, run.history(), Coverage.alone(token, run));
    }

    /** Whoever passes the failure on may have wrapped it. */
    private static @Nullable DisturbedException disturbance(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (cause instanceof DisturbedException disturbance) {
                return disturbance;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** Which leftovers a run that never comes to rest has, and whether its consumers still live, is a matter of time. */
    private static boolean same(Throwable first, Throwable second) {
        if (first instanceof NotSettledException && second instanceof NotSettledException) {
            return true;
        }
        return first.getClass() == second.getClass()
                && Effects.mask(String.valueOf(first.getMessage()))
                        .equals(Effects.mask(String.valueOf(second.getMessage())));
    }

    private static Optional<String> divergence(Schedule schedule) {
        if (schedule instanceof PlannedSchedule planned) {
            return planned.divergence();
        }
        return schedule instanceof ReplaySchedule replay ? replay.divergence() : Optional.empty();
    }

    private Suspect suspect() {
        return require(suspect);
    }

    private ScheduleToken requireKept() {
        return require(settings.kept());
    }

    private ScheduleToken requireReplay() {
        return require(settings.replay());
    }

    private static <T> T require(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The exploration was driven in a wrong order.");
        }
        return value;
    }
}
