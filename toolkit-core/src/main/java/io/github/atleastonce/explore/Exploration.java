package io.github.atleastonce.explore;

import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Plan;
import io.github.atleastonce.schedule.PlannedSchedule;
import io.github.atleastonce.schedule.Schedule;
import io.github.atleastonce.schedule.ScheduleToken;
import io.github.atleastonce.schedule.UndeliveredSchedule;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Says which run comes next, and what the result of each means. The fault-free run comes first, twice; then what failed the last
 * time; then every schedule, smallest first; a suspect one again before it is reported; a run in which nothing is delivered, which the
 * body has to notice; and the fault-free run once more.
 *
 * <p>A driver takes {@link #next()}, performs the body in the run of the trial, and tells the trial how that ended. Not thread-safe.
 */
@API(status = API.Status.INTERNAL)
public final class Exploration {

    private static final ScheduleToken FAULT_FREE = new ScheduleToken(List.of());

    private final Settings settings;
    private final LongSupplier nanoTime;
    private final Caveats caveats = new Caveats();
    private final Watchdog watchdog;
    private final FaultFreeRuns faultFreeRuns = new FaultFreeRuns();
    private Coverage coverage;
    private Trial.@Nullable Kind last;
    private @Nullable Plan faultFree;
    private @Nullable Plan plan;
    private @Nullable Suspect suspect;
    /** What failed when it was checked, which made everything be run anew. */
    private @Nullable Suspect stray;

    private @Nullable Throwable unexplained;
    private boolean needsDeliveries;
    private boolean noticed;
    private @Nullable Outcome outcome;

    /**
     * Begins an exploration.
     *
     * @param settings what it is to do
     * @param nanoTime tells the time in nanoseconds, for the bound {@code timeout}
     */
    public Exploration(Settings settings, LongSupplier nanoTime) {
        this(settings, nanoTime, line -> {});
    }

    /**
     * Begins an exploration that says which of its runs take long.
     *
     * @param settings what it is to do
     * @param nanoTime tells the time in nanoseconds, for the bound {@code timeout}
     * @param out takes lines to be shown at once, on any thread
     */
    public Exploration(Settings settings, LongSupplier nanoTime, Consumer<String> out) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.watchdog = new Watchdog(settings.bounds(), out);
        this.coverage = new Coverage(settings, caveats, nanoTime);
    }

    /**
     * Returns the run that comes next.
     *
     * @return the trial, or empty when the exploration has its outcome
     */
    public Optional<Trial> next() {
        if (outcome != null) {
            watchdog.close();
            return Optional.empty();
        }
        Trial trial = trial();
        last = trial == null ? Trial.Kind.CLOSING : trial.kind();
        return Optional.ofNullable(trial);
    }

    void begins(Trial trial, Run run) {
        watchdog.begins(trial, run);
    }

    void ends() {
        watchdog.ends();
    }

    /** Closes a run whose body has returned, and checks what the body itself does not; may decide the outcome. */
    void check(Trial trial, Run run) {
        NotSettledException cut = watchdog.cut(trial);
        if (cut != null) {
            throw cut;
        }
        List<String> leftovers = run.close();
        caveats.refusal().ifPresent(refusal -> {
            throw refusal;
        });
        if (!leftovers.isEmpty()) {
            throw new UsageException("The test body ended with work pending: " + String.join("; ", leftovers)
                    + ". Call scenario.settle() before asserting.");
        }
        switch (trial.kind()) {
            case FAULT_FREE -> {
                Evidence.requireCheckedClaims(run);
                faultFreeRuns.took(run);
                if (settings.replay() == null && settings.bounds().maxFaults() > 0) {
                    Evidence.require(run, settings.faults().tried());
                    coverage.expect(run);
                    needsDeliveries = settings.undelivered() == null && Evidence.needsDeliveries(run.history());
                }
            }
            case FAULT_FREE_AGAIN ->
                faultFreeRuns
                        .difference(run)
                        .filter(any -> !warmsUp(run) && !beginsAnew())
                        .ifPresent(how -> outcome = unlessItFallsBack(Doubts.differsAtOnce(how)));
            case CLOSING ->
                faultFreeRuns
                        .difference(run)
                        .ifPresent(how -> outcome = unlessItFallsBack(Doubts.differsAtTheEnd(how, noticed)));
            default -> {}
        }
    }

    /** Takes note that the body and everything around it passed. */
    void passed(Trial trial) {
        if (outcome != null || last == null) {
            return; // It was decided when it was checked, or everything is begun anew.
        }
        switch (trial.kind()) {
            case FAULT_FREE, EXPLORED ->
                trial.divergence()
                        .ifPresentOrElse(
                                how -> outcome = strays(how) ? null : unlessItFallsBack(Doubts.nondeterministic(how)),
                                () -> anewIf(coverage.completed(trial.run())));
            case REPLAY ->
                outcome = trial.divergence()
                        .<Outcome>map(how -> new Outcome.Diverged(require(settings.replay()), how))
                        .orElseGet(() -> new Outcome.Passed(coverage.claim()));
            case FAULT_FREE_AGAIN -> coverage.completedAgain();
            case CONFIRMING -> outcome = unlessItFallsBack(confirmation().passed(trial.divergence(), trial.run()));
            case UNDELIVERED -> {
                if (!Evidence.hasDeliveries(trial.run().history())) {
                    outcome = Doubts.unnoticed();
                }
            }
            case CLOSING -> outcome = conclusion(coverage.claim());
            default -> {}
        }
    }

    /** Takes note that the body, or something around it, failed or gave up. */
    FailureKind failed(Trial trial, Run run, Throwable thrown) {
        NotSettledException cut = watchdog.cut(trial);
        if (cut != null && cut != thrown && cut.getCause() == null) {
            cut.initCause(thrown);
        }
        Throwable failure = cut == null ? thrown : cut;
        if (outcome != null) {
            return FailureKind.DECISIVE;
        }
        if (trial.kind() == Trial.Kind.UNDELIVERED) {
            run.abandon();
            noticed = true;
            return FailureKind.EXPECTED;
        }
        RuntimeException refusal = caveats.refusal().orElse(null);
        if (refusal != null) {
            run.abandon();
            outcome = new Outcome.Failed(FAULT_FREE, refusal, run.history(), new Effort.Refused());
            return failure == refusal ? FailureKind.ORDINARY : FailureKind.DECISIVE;
        }
        if (Thrown.givesUp(failure)) {
            gaveUp(trial, run, String.valueOf(failure.getMessage()));
            return FailureKind.GIVEN_UP;
        }
        run.abandon();
        if (trial.kind() != Trial.Kind.FAULT_FREE) {
            DisturbedException disturbance = Thrown.disturbance(failure);
            if (disturbance != null) {
                outcome = Doubts.disturbed(trial.name(), disturbance);
                return FailureKind.DECISIVE;
            }
        }
        Optional<String> divergence = trial.divergence();
        switch (trial.kind()) {
            case FAULT_FREE -> {
                if (beginsAnew() || fallsBack()) {
                    return FailureKind.OBSOLETE;
                }
                outcome = new Outcome.Failed(FAULT_FREE, failure, run.history(), new Effort.FaultFree());
                return FailureKind.ORDINARY;
            }
            case FAULT_FREE_AGAIN ->
                outcome = beginsAnew() ? null : unlessItFallsBack(Doubts.leaked("the second time", failure, false));
            case CLOSING -> outcome = unlessItFallsBack(Doubts.leaked("at the end", failure, noticed));
            case REPLAY ->
                outcome = divergence
                        .<Outcome>map(how -> new Outcome.Diverged(require(settings.replay()), how))
                        .orElseGet(() -> alone(require(settings.replay()), failure, run));
            case KEPT -> {
                if (divergence.isPresent()) {
                    unexplained = failure;
                    return FailureKind.OBSOLETE;
                }
                return suspect(require(settings.kept()), trial, failure, run);
            }
            case EXPLORED -> {
                if (strays("it failed with " + failure)) {
                    stray = Suspect.stray(run, failure);
                    return FailureKind.OBSOLETE;
                }
                if (divergence.isEmpty()) {
                    return suspect(require(plan).token(), trial, failure, run);
                }
                outcome = unlessItFallsBack(Doubts.nondeterministic(divergence.get(), failure));
            }
            case CONFIRMING -> outcome = unlessItFallsBack(confirmation().failed(divergence, failure, run));
        }
        return outcome == null ? FailureKind.OBSOLETE : FailureKind.DECISIVE;
    }

    /** Takes note that the body gave up, as an assumption does that does not hold. */
    void gaveUp(Trial trial, Run run, String why) {
        run.abandon();
        if (trial.kind() == Trial.Kind.UNDELIVERED) {
            noticed = true;
        } else if (outcome == null) {
            outcome = Doubts.gaveUp(trial.name(), why);
        }
    }

    /**
     * Says how far this has come.
     *
     * @return the schedules of the level that is being run
     */
    public Progress progress() {
        return coverage.progress();
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
            String what = token.deviations().isEmpty() ? ", the run without faults" : "";
            return trial(Trial.Kind.REPLAY, token, "replay of " + token + what);
        }
        if (last == Trial.Kind.FAULT_FREE) {
            return trial(Trial.Kind.FAULT_FREE_AGAIN, planned(require(faultFree)), "no fault, once more");
        }
        if (suspect != null) {
            return confirming(suspect);
        }
        if (last == Trial.Kind.FAULT_FREE_AGAIN && settings.kept() != null) {
            ScheduleToken token = settings.kept();
            return trial(Trial.Kind.KEPT, token, "what failed the last time: " + token);
        }
        plan = last == Trial.Kind.UNDELIVERED ? null : coverage.next().orElse(null);
        Plan next = plan;
        if (next != null) {
            return trial(Trial.Kind.EXPLORED, planned(next), () -> String.join("; ", next.phrases()), next::token);
        }
        if (stray != null) {
            return confirming(stray);
        }
        Claim claim = coverage.claim();
        if (last != Trial.Kind.UNDELIVERED && needsDeliveries && conclusion(claim) instanceof Outcome.Passed) {
            return trial(
                    Trial.Kind.UNDELIVERED, new UndeliveredSchedule(), "nothing is delivered: does the test notice?");
        }
        return trial(Trial.Kind.CLOSING, planned(require(faultFree)), claim.toString());
    }

    private Trial confirming(Suspect what) {
        suspect = what;
        return trial(Trial.Kind.CONFIRMING, what.token(), "once more to be sure: " + what.token());
    }

    private Trial trial(Trial.Kind kind, Schedule schedule, String name) {
        return trial(kind, schedule, () -> name, () -> FAULT_FREE);
    }

    private Trial trial(Trial.Kind kind, ScheduleToken token, String name) {
        return trial(kind, token.schedule(), () -> name, () -> token);
    }

    private Trial trial(Trial.Kind kind, Schedule schedule, Supplier<String> name, Supplier<ScheduleToken> token) {
        Baseline baseline = faultFreeRuns.baseline();
        Baseline own = switch (kind) {
            case FAULT_FREE -> baseline;
            case FAULT_FREE_AGAIN -> baseline.again();
            default -> baseline.given();
        };
        Supplier<Run> run = () -> coverage.listened(
                own.in(new Run(schedule, settings.faults().tried(), settings.bounds(), caveats)), kind.isTold());
        return new Trial(this, kind, schedule, name, token, run);
    }

    private PlannedSchedule planned(Plan next) {
        return next.schedule(settings.bounds().maxDeviations());
    }

    private Outcome conclusion(Claim claim) {
        Throwable failure = unexplained;
        if (failure != null) {
            return Doubts.unexplained(require(settings.kept()), failure);
        }
        if (!claim.isConclusive() || !claim.isComplete()) {
            return Doubts.tooLittle(claim);
        }
        return new Outcome.Passed(claim);
    }

    private boolean beginsAnew() {
        return anewIf(faultFreeRuns.begunAnew());
    }

    private boolean warmsUp(Run run) {
        if (!faultFreeRuns.warmedUp(run)) {
            return false;
        }
        if (settings.faults().tried().contains(Fault.CRASH)) {
            caveats.remark("the first start did more than the later ones, as migrations do, and was not cut in that");
        }
        return anewIf(true);
    }

    private boolean anewIf(boolean needed) {
        if (needed) {
            last = null;
            coverage = coverage.anew();
        }
        return needed;
    }

    /** Begins anew without what a room can leave out: with it runs differ that should not, or fail without a fault. */
    private boolean fallsBack() {
        Optional<String> remark = caveats.fallback().take(settings.faults().required());
        if (remark.isEmpty()) {
            return false;
        }
        caveats.remark(remark.get());
        faultFreeRuns.beginAfresh();
        suspect = stray = null;
        unexplained = null;
        return anewIf(true);
    }

    private @Nullable Outcome unlessItFallsBack(Outcome doubt) {
        return !(doubt instanceof Outcome.Failed) && fallsBack() ? null : doubt;
    }

    private boolean strays(String how) {
        return anewIf(coverage.checkFailed(how));
    }

    private FailureKind suspect(ScheduleToken token, Trial trial, Throwable failure, Run run) {
        suspect = Suspect.of(token, failure, trial.kind() == Trial.Kind.KEPT, run);
        return FailureKind.SUSPECT;
    }

    private Confirmation confirmation() {
        return new Confirmation(require(suspect), coverage, faultFreeRuns.history(), caveats.fallback(), settings);
    }

    private Outcome alone(ScheduleToken token, Throwable failure, Run run) {
        Effort effort = Effort.alone(token, run.faults().uncountedSwitches());
        return new Outcome.Failed(token, failure, run.history(), effort, faultFreeRuns.history());
    }

    private static <T> T require(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The exploration was driven in a wrong order.");
        }
        return value;
    }
}
