package io.github.atleastonce.explore;

import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Part;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Explorer;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Plan;
import io.github.atleastonce.schedule.ScheduleToken;
import io.github.atleastonce.schedule.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Goes through the schedules up to the first bound, and says truthfully how far it has come. */
final class Coverage {

    private final Settings settings;
    private final Caveats caveats;
    private final Bounds bounds;
    private final Explorer explorer;
    private final LongSupplier nanoTime;
    private final Memory memory = new Memory();
    private final long began;
    /** How many runs there were before everything was begun anew. */
    private final long before;

    private long explored;
    private boolean hasNodes;
    private Set<Fault> absent = Set.of();
    private Map<Fault, Integer> places = Map.of();
    private Set<String> stepless = Set.of();
    private Set<Part> idle = Set.of();
    private @Nullable ReachedBound bound;
    private @Nullable Derivation derivation;
    private @Nullable Recorder recorder;
    private @Nullable Plan plan;

    Coverage(Settings settings, Caveats caveats, LongSupplier nanoTime) {
        this(settings, caveats, nanoTime, nanoTime.getAsLong(), 0);
    }

    private Coverage(Settings settings, Caveats caveats, LongSupplier nanoTime, long began, long before) {
        this.settings = settings;
        this.caveats = caveats;
        this.bounds = settings.bounds();
        this.explorer = new Explorer(bounds.maxDeviations(), settings.shard());
        this.nanoTime = nanoTime;
        this.began = began;
        this.before = before;
        this.derivation = derivation();
    }

    private @Nullable Derivation derivation() {
        Deriving deriving = settings.deriving();
        if (deriving == null || settings.replay() != null) {
            return null;
        }
        if (settings.shard().isPart() || bounds.everyInterleaving()) {
            doesNotDerive("since "
                    + (bounds.everyInterleaving()
                            ? "every interleaving is run"
                            : "a shard does not know what others have run"));
            return null;
        }
        return new Derivation(explorer, deriving, bounds.maxFaults());
    }

    /** Begins from the beginning; what could not be derived once is not derived again. */
    Coverage anew() {
        Settings same = derivation == null ? settings.withDeriving(null) : settings;
        return new Coverage(same, caveats, nanoTime, began, before + explored);
    }

    private void doesNotDerive(String why) {
        derivation = null;
        caveats.remark("nothing was derived, " + why);
    }

    Plan first() {
        Plan first = explorer.next().orElseThrow();
        plan = first;
        return first;
    }

    /** Listens to a run of the schedule that is due. */
    Run listened(Run run, boolean told) {
        recorder = null;
        Plan due = plan;
        if (derivation != null && due != null && told) {
            recorder = Recorder.of(run, due.faults());
        }
        return run;
    }

    /** Returns the next plan, or empty if there is none or a bound was reached. */
    Optional<Plan> next() {
        Optional<Plan> check = derivation == null ? Optional.empty() : derivation.next(explorer.exhausted());
        bound = check.isEmpty() && explorer.isDone() ? null : boundReached();
        Optional<Plan> next = bound != null ? Optional.empty() : check.isPresent() ? check : explorer.next();
        plan = next.orElse(null);
        return next;
    }

    /** Takes note that a run could not be followed, or fails, and says whether that means that all is to be run anew: if it had been derived. */
    boolean checkFailed(String how) {
        if (derivation == null || !derivation.isChecking()) {
            return false;
        }
        derivation.failed(how);
        derivation.unsound().ifPresent(this::doesNotDerive);
        return true;
    }

    /** Notes which faults have no place in a run without any; one may come up after another. */
    void expect(Run faultFree) {
        Trace trace = faultFree.schedule().trace();
        hasNodes = faultFree.services().haveNodes();
        absent = Evidence.absent(trace, settings.faults().tried());
        places = Evidence.places(trace);
        stepless = Evidence.stepless(trace, Evidence.HANDLING);
        idle = new LinkedHashSet<>(faultFree.history().parts());
        Evidence.stepless(trace, Evidence.ATTEMPT)
                .forEach(service -> caveats.remark("no step in any attempt of '" + service + "'"));
    }

    /** Takes in the second run without faults, which is to leave what the first one did. */
    void completedAgain() {
        if (derivation != null && recorder != null) {
            derivation.completedAgain(recorder);
            derivation.unsound().ifPresent(this::doesNotDerive);
        }
    }

    /** Takes in a run, and says whether all is to be run anew, since what was derived does not hold. */
    boolean completed(Run run) {
        Trace trace = run.schedule().trace();
        History history = run.history();
        explored++;
        if (!idle.isEmpty()) {
            idle.removeIf(part -> part.moved(history.events()));
        }
        if (!absent.isEmpty()) {
            absent = Evidence.absent(trace, absent);
        }
        Derivation present = derivation;
        Recorder heard = recorder;
        Plan due = plan;
        if (present == null || heard == null || due == null) {
            explorer.completed(trace);
            return false;
        }
        if (present.isChecking()) {
            present.checked(run, heard);
        } else {
            explorer.completed(trace, present.completed(due, run, heard));
        }
        present.unsound().ifPresent(this::doesNotDerive);
        return derivation == null && present.derives();
    }

    Progress progress() {
        int faults = explorer.faults();
        long runs = explorer.runs(faults);
        long schedules = explorer.schedules(faults);
        return new Progress(faults, runs, schedules, schedules - runs + explorer.schedules(faults + 1), explored);
    }

    Claim claim() {
        int exhausted = exhausted();
        boolean everything = exhausted == bounds.maxDeviations();
        Caveats.Seen seen = caveats.seen();
        return new Claim(
                Math.min(exhausted, bounds.maxFaults()),
                SwitchBound.of(interleaved(), exhausted, everything, bounds.maxFaults()),
                everything && derivation == null ? explored : smaller(exhausted + 1) + derived(exhausted),
                bound == null ? null : new Claim.Beyond(explorer.runs(exhausted + 1), schedules(exhausted + 1), bound),
                faults(),
                hasNodes
                        ? absent
                        : FaultSelection.without(absent, settings.faults().amongNodes()),
                places,
                stepless,
                Idleness.remarks(seen.said(), idle()),
                seen.missing(),
                settings.undelivered(),
                share(),
                without(exhausted));
    }

    private int exhausted() {
        return derivation == null ? explorer.exhausted() : derivation.exhausted(explorer.exhausted());
    }

    /** Counts those of one level, the derived ones included. */
    private long schedules(int faults) {
        return explorer.schedules(faults) + derived(faults) - derived(faults - 1);
    }

    private long derived(int faults) {
        return derivation == null ? 0 : derivation.count(faults);
    }

    private Claim.@Nullable Without without(int exhausted) {
        if (derivation == null) {
            return null;
        }
        boolean closed = exhausted == bounds.maxFaults() && explorer.faults() < exhausted && derivation.closes();
        return new Claim.Without(derived(exhausted), derivation.checked(), closed);
    }

    /** Leaves out what nobody has named and nobody could meet. */
    private FaultSelection faults() {
        return hasNodes ? settings.faults() : settings.faults().withoutNodes();
    }

    private boolean interleaved() {
        return bounds.everyInterleaving()
                && settings.faults().tried().contains(Fault.CONCURRENT)
                && !absent.contains(Fault.CONCURRENT);
    }

    /** What the own runs were, if there are other parts. */
    private @Nullable Share share() {
        if (!settings.shard().isPart()) {
            return null;
        }
        int exhausted = explorer.exhausted();
        List<Share.Level> levels = new ArrayList<>();
        for (int faults = 0; faults <= explorer.faults() + 1; faults++) {
            levels.add(new Share.Level(explorer.runs(faults), explorer.schedules(faults)));
        }
        return new Share(
                settings.shard(),
                explorer.firstFaults(),
                explorer.fingerprint(),
                List.copyOf(levels),
                exhausted,
                exhausted == bounds.maxDeviations(),
                bounds.maxFaults(),
                bounds.everyInterleaving(),
                Share.asked(faults(), settings.undelivered(), bounds),
                caveats.seen(),
                idle(),
                explorer.order());
    }

    private Set<Share.Idle> idle() {
        return idle.stream()
                .map(part -> new Share.Idle(part.service(), part instanceof Part.Whole, part.idle()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Says how much was run when the schedule that comes next in the exploration was found to fail. */
    Effort effort(ScheduleToken token, int switches) {
        int faults = token.deviations().size();
        return new Effort.Searched(
                faults,
                smaller(faults),
                explorer.runs(faults) + 1,
                schedules(faults),
                faults - 1,
                derived(faults - 1),
                switches,
                share());
    }

    private long smaller(int faults) {
        long runs = 0;
        for (int i = 0; i < faults; i++) {
            runs += explorer.runs(i);
        }
        return runs;
    }

    private @Nullable ReachedBound boundReached() {
        Budget budget = exhausted() >= 1 ? settings.budget() : null;
        String profile = budget == null ? null : budget.profile();
        if (before + explored >= bounds.maxRuns()) {
            return new ReachedBound("maxRuns", bounds.maxRuns(), profile != null, profile);
        }
        if (memory.isShort()) {
            return new ReachedBound("memory", memory.size(), profile != null, profile);
        }
        Duration taken = Duration.ofNanos(nanoTime.getAsLong() - began);
        if (taken.compareTo(bounds.timeout()) >= 0) {
            return new ReachedBound("timeout", bounds.timeout(), profile != null, profile);
        }
        return budget != null && taken.compareTo(budget.time()) >= 0
                ? new ReachedBound("budget", budget.time(), true, profile)
                : null;
    }
}
