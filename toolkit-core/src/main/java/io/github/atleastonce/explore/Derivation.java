package io.github.atleastonce.explore;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Explorer;
import io.github.atleastonce.schedule.Plan;
import io.github.atleastonce.schedule.Trace;
import io.github.atleastonce.state.Snapshot.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derives schedules from others, as model checkers do that keep the states which they have met: a run that comes to a state in which another one has been goes on
 * as that one did, so what could go wrong from there on was tried already, or will be. Nothing is modelled: each run is real, and goes on to its end, so that
 * whether it really goes on alike is seen each time. A share of what was derived is run all the same.
 *
 * <p>The first failure stays one of the smallest: what a schedule is derived from has no more faults.
 */
final class Derivation {

    private final Explorer explorer;
    private final Deriving deriving;
    private final int maxFaults;
    private final Points points = new Points();
    private final Map<Digest, Known> known = new HashMap<>();
    private final Map<Plan, Branch> branches = new IdentityHashMap<>();
    private final List<Branch> all = new ArrayList<>();
    private Set<String> looked = Set.of();
    private @Nullable String unsound;
    private boolean derives;
    private long checked;
    private long checkedBefore;
    /** Where the search stands for what is to be run all the same: level, branch, number. */
    private int level = 2;

    private int branch;
    private long number;
    /** The level that has no schedule of its own and is run all the same, or 0. */
    private int closing;

    private @Nullable Derived check;

    /** Where a state was met. */
    private record Known(Branch branch, int at) {}

    Derivation(Explorer explorer, Deriving deriving, int maxFaults) {
        this.explorer = explorer;
        this.deriving = deriving;
        this.maxFaults = maxFaults;
    }

    /** Says why states cannot be compared, if they cannot. */
    Optional<String> unsound() {
        return Optional.ofNullable(unsound);
    }

    /** Says whether something has been derived already. */
    boolean derives() {
        return derives;
    }

    /** Takes in a schedule that was run, and says up to which point it is its own. */
    int completed(Plan plan, Run run, Recorder recorder) {
        Trace trace = run.schedule().trace();
        if (!look(recorder, plan)) {
            return trace.size();
        }
        int[] met = plan.faults() < maxFaults ? points.of(trace, Branch.first(plan)) : new int[0];
        Branch parent = plan.parent() == null ? null : branches.get(plan.parent());
        Branch own = new Branch(points, parent, plan, met, recorder.seen(looked));
        branches.put(plan, own);
        all.add(own);
        if (plan.faults() < maxFaults) {
            rejoin(own, recorder);
        }
        return own.end();
    }

    /** Takes in the second run without faults. What differs from it differs in each run, and would be taken for what a fault has done. */
    void completedAgain(Recorder recorder) {
        recorder.ended();
        if (!recorder.unseen().isEmpty()) {
            unsound = "since no state tells " + String.join(", ", recorder.unseen());
        } else if (!all.get(0).seen().equals(recorder.seen(looked))) {
            unsound = "since runs without faults leave different states (random ids, or the time of the machine?)";
        }
    }

    private boolean look(Recorder recorder, Plan plan) {
        recorder.ended();
        if (!recorder.unseen().isEmpty()) {
            unsound = "since no state tells " + String.join(", ", recorder.unseen());
        } else if (plan.faults() == 0) {
            looked = Set.copyOf(recorder.looked());
        } else if (!looked.containsAll(recorder.looked())) {
            unsound = "since " + plan.token() + " was the first to look at " + recorder.looked();
        }
        return unsound == null;
    }

    private void rejoin(Branch own, Recorder recorder) {
        for (Recorder.State state : recorder.states()) {
            Digest key = state.key(looked);
            Known before = known.putIfAbsent(key, new Known(own, state.at()));
            if (before != null && before.branch() != own) {
                derives = true;
                boolean alike =
                        Arrays.equals(own.from(state.at()), before.branch().from(before.at()))
                                && own.seen().equals(before.branch().seen());
                own.rejoins(state.at(), before.branch(), before.at());
                if (!alike) {
                    differs(
                            own.plan(),
                            "it went another way than " + before.branch().plan().token());
                }
                return;
            }
        }
    }

    private void differs(Plan plan, String how) {
        unsound = "since something is in no state (a cache in memory?): " + plan.token()
                + " did not end as was derived; " + how;
    }

    /** Says whether the first level that has no schedule of its own was run all the same, from end to end. */
    boolean closes() {
        return closing > 0 && level > closing;
    }

    /** All of the level is run that has no schedule of its own, if that takes no more runs than there were. */
    private boolean isWhole() {
        int largest = all.get(all.size() - 1).faults();
        boolean affordable = deriving.share() >= 1 || count(level) - count(level - 1) <= all.size();
        if (level == largest + 1 && affordable) {
            closing = level;
        }
        return level == closing;
    }

    /** Returns the next schedule that was derived and is to be run all the same, among those with no more faults than are exhausted. */
    Optional<Plan> next(int exhausted) {
        check = null;
        for (; level <= exhausted; level++, checkedBefore = checked) {
            boolean whole = isWhole();
            for (; branch < all.size() && all.get(branch).faults() < level; branch++) {
                Branch out = all.get(branch);
                int more = level - out.faults();
                for (long count = out.derived(more); number < count; number++) {
                    if (whole || deriving.picks(level, branch, number)) {
                        check = Derived.of(explorer, points, out, more, number++);
                        return Optional.of(check.plan());
                    }
                }
                number = 0;
            }
            branch = 0;
        }
        return Optional.empty();
    }

    /** Says whether what is run now was derived already. */
    boolean isChecking() {
        return check != null;
    }

    /** Compares a run with what was derived. */
    void checked(Run run, Recorder recorder) {
        Derived derived = check;
        if (derived == null || !look(recorder, derived.plan())) {
            return;
        }
        checked++;
        boolean whole = derived.plan().faults() < maxFaults;
        String difference = derived.difference(points, run.schedule().trace(), whole, recorder.seen(looked));
        if (difference != null) {
            differs(derived.plan(), difference);
        }
    }

    /** Takes note that what was derived fails, or could not be followed. */
    void failed(String how) {
        Derived derived = check;
        if (derived != null) {
            differs(derived.plan(), how);
        }
    }

    /** Says up to how many faults nothing is left that is to be run all the same. */
    int exhausted(int run) {
        return Math.min(run, level - 1);
    }

    /** Counts what was derived, up to a number of faults. */
    long count(int faults) {
        long count = 0;
        for (Branch out : all) {
            for (int more = 1; more <= faults - out.faults(); more++) {
                count = Math.addExact(count, out.derived(more));
            }
        }
        return count;
    }

    long checked() {
        return checkedBefore;
    }
}
