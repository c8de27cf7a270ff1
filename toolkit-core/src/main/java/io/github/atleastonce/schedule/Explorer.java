package io.github.atleastonce.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Enumerates schedules, smallest first: the fault-free one, then each with one fault, then each with two, and so on.
 *
 * <p>A child extends a run strictly after its last fault, so each sequence of choices comes exactly once, and places that are
 * met only after a fault are found by running. Among those with as many faults one of each kind of fault comes first, since what is
 * wrong is mostly wrong for every message. The order depends on nothing but the runs. Ask for {@link #next()}, run it, and hand in
 * what was met by {@link #completed}. Not thread-safe.
 */
@API(status = API.Status.INTERNAL)
public final class Explorer {

    private final int maxFaults;
    private final Shard shard;
    private final Places places = new Places();
    private final List<Long> runs = new ArrayList<>();
    private Level level = new Level(List.of());
    private List<Parent> following = new ArrayList<>();
    private long waiting;
    private long found;
    private int faults;
    private long firstFaults;
    private long dealt;
    private long fingerprint;
    private @Nullable Plan current;
    private boolean started;

    /**
     * Creates an explorer.
     *
     * @param maxFaults how many faults a schedule may have; at least 0
     * @throws IllegalArgumentException if the number is negative
     */
    public Explorer(int maxFaults) {
        this(maxFaults, Shard.WHOLE);
    }

    /**
     * Creates an explorer of a part of the schedules, and of the fault-free one, out of which all others come.
     *
     * @param maxFaults how many faults a schedule may have; at least 0
     * @param shard which part
     * @throws IllegalArgumentException if the number is negative
     */
    public Explorer(int maxFaults, Shard shard) {
        if (maxFaults < 0) {
            throw new IllegalArgumentException("maxFaults must be at least 0, but was " + maxFaults + ".");
        }
        this.maxFaults = maxFaults;
        this.shard = shard;
        runs.add(0L);
    }

    /**
     * Returns the next plan in order.
     *
     * @return the plan, or empty when every schedule within the number of faults was run
     * @throws IllegalStateException if the plan before it was not completed
     */
    public Optional<Plan> next() {
        if (current != null) {
            throw new IllegalStateException("The schedule before this one has not been completed.");
        }
        if (!started) {
            started = true;
            current = Plan.FAULT_FREE;
        } else {
            current = child();
        }
        return Optional.ofNullable(current);
    }

    /**
     * Takes in what a run has met, so that schedules with one more fault can be made of it.
     *
     * @param trace the trace of the schedule that the last plan gave
     * @throws IllegalStateException if there was no plan
     */
    public void completed(Trace trace) {
        completed(trace, trace.size());
    }

    /**
     * Takes in what a run has met, so that schedules with one more fault can be made of a part of it.
     *
     * @param trace the trace of the schedule that the last plan gave
     * @param end the number of the first point at which no more fault is to be tried
     * @throws IllegalStateException if there was no plan
     */
    public void completed(Trace trace, int end) {
        Plan plan = current;
        if (plan == null) {
            throw new IllegalStateException("There is no schedule to complete.");
        }
        current = null;
        runs.set(faults, runs.get(faults) + 1);
        if (plan.faults() < maxFaults) {
            int first = plan.faults() == 0 ? 0 : plan.position() + 1;
            long children = 0;
            for (int i = first; i < end; i++) {
                children += trace.point(i).options();
            }
            if (plan.faults() == 0) {
                firstFaults = children;
                fingerprint = fingerprint(trace);
                children = shard.share(children);
            }
            if (children > 0) {
                following.add(new Parent(plan, places.path(trace, first), end));
                found += children;
            }
        }
    }

    /**
     * Makes a plan that is not among the next ones, out of what the run of another would come to.
     *
     * @param plan the other plan
     * @param trace what its run comes to
     * @param position the point at which there is one more fault, behind the last one of the plan
     * @param choice the option that is taken there
     * @return the plan
     */
    public Plan extended(Plan plan, Trace trace, int position, int choice) {
        return plan.child(places.path(trace, plan.faults() == 0 ? 0 : plan.position() + 1), position, choice, false);
    }

    /**
     * Says whether every schedule within the number of faults was run.
     *
     * @return whether {@link #next()} would return nothing
     */
    public boolean isDone() {
        return started && current == null && waiting == 0 && following.isEmpty();
    }

    /**
     * Returns up to how many faults every schedule was run.
     *
     * @return the number of faults, −1 before the fault-free schedule was run
     */
    public int exhausted() {
        boolean open = current != null || !started;
        if (open || waiting > 0) {
            return faults - 1;
        }
        return following.isEmpty() ? maxFaults : faults;
    }

    /**
     * Returns how many schedules with a number of faults were run.
     *
     * @param withFaults the number of faults
     * @return the number of runs
     */
    public long runs(int withFaults) {
        return withFaults < runs.size() ? runs.get(withFaults) : 0;
    }

    /**
     * Returns how many schedules there are with a number of faults, run or not, as far as the runs so far can tell.
     *
     * @param withFaults the number of faults
     * @return the number of schedules
     */
    public long schedules(int withFaults) {
        if (withFaults == faults) {
            return runs.get(faults) + waiting + (current == null ? 0 : 1);
        }
        return withFaults == faults + 1 ? found : runs(withFaults);
    }

    /**
     * Returns the number of faults that is being explored now.
     *
     * @return the number of faults of the schedule last returned
     */
    public int faults() {
        return faults;
    }

    /**
     * Returns how many schedules with one fault there are in all parts together.
     *
     * @return the number, 0 before the fault-free schedule was run
     */
    public long firstFaults() {
        return firstFaults;
    }

    /**
     * Returns what tells the fault-free run from others: where two parts differ in it, they were made of different runs.
     *
     * @return a number in hexadecimal digits, the same for the same faults at the same places in the same order
     */
    public String fingerprint() {
        return Long.toHexString(fingerprint);
    }

    /**
     * Says where the schedule last returned stands among those with as many faults: sorted by this, number by number, they stand as one part alone would run
     * them.
     *
     * @return three numbers for each fault
     */
    public List<Integer> order() {
        return current == null ? List.of() : current.order();
    }

    private static long fingerprint(Trace trace) {
        long print = trace.size();
        for (int i = 0; i < trace.size(); i++) {
            ChoicePoint point = trace.point(i);
            print = 31 * print + point.name().hashCode();
            for (int choice = 1; choice <= point.options(); choice++) {
                Option option = point.option(choice);
                print = 31 * print + option.fault().name().hashCode();
                print = 31 * print + option.argument().hashCode();
            }
        }
        return print;
    }

    private @Nullable Plan child() {
        if (waiting == 0) {
            if (following.isEmpty()) {
                return null;
            }
            level = new Level(following);
            following = new ArrayList<>();
            waiting = found;
            found = 0;
            faults++;
            runs.add(0L);
        }
        Plan plan = level.next();
        while (faults == 1 && !shard.owns(dealt++)) {
            plan = level.next();
        }
        waiting--;
        return plan;
    }
}
