package io.github.atleastonce.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One schedule that an {@link Explorer} wants to see run: another run's choices up to a point, and one more fault there.
 *
 * <p>Immutable.
 */
@API(status = API.Status.INTERNAL)
public final class Plan {

    static final Plan FAULT_FREE = new Plan(null, null, 0, 0, 0);

    private final @Nullable Plan parent;
    private final Places.@Nullable Path met;
    private final int position;
    private final int choice;
    private final int faults;
    private final int repeats;
    private @Nullable Deviation expected;

    private Plan(@Nullable Plan parent, Places.@Nullable Path met, int position, int choice, int repeats) {
        this.parent = parent;
        this.met = met;
        this.position = position;
        this.choice = choice;
        this.faults = parent == null ? 0 : parent.faults + 1;
        this.repeats = repeats;
    }

    /** Makes a plan with one more fault, of a kind that the run of this one offers there for the first time, or had offered before. */
    Plan child(Places.Path met, int at, int option, boolean repeated) {
        return new Plan(this, met, at, option, repeats + (repeated ? 1 : 0));
    }

    /** Counts its faults that are of no new kind: those without any come first. */
    int repeats() {
        return repeats;
    }

    /**
     * Returns how many faults this plan has.
     *
     * @return the number of deviations from the fault-free schedule
     */
    public int faults() {
        return faults;
    }

    /**
     * Returns where this plan has its last fault.
     *
     * @return the number of the point among those that its run comes to, from 0; of no meaning where there is no fault
     */
    public int position() {
        return position;
    }

    /**
     * Returns which fault that is.
     *
     * @return the number of the option at that point, from 1; of no meaning where there is no fault
     */
    public int choice() {
        return choice;
    }

    /**
     * Returns the plan that this one extends by its last fault.
     *
     * @return the plan, or null if this one has no fault
     */
    public @Nullable Plan parent() {
        return parent;
    }

    /** Returns the last fault of this plan. */
    Deviation deviation() {
        return Occurrences.of(this::point, position, choice);
    }

    /** Returns a point that the run came to which this plan was made of. */
    private ChoicePoint point(int index) {
        Plan plan = this;
        while (index < plan.met().first()) {
            plan = plan.parentPlan();
        }
        return plan.met().point(index);
    }

    /** Says whether a point offers the last fault of this plan, in its place. */
    boolean isOffered(ChoicePoint point) {
        return choice <= point.options() && expected().isOffered(point.name(), point.option(choice));
    }

    /** Built once: each plan that extends this one expects it too. */
    private Deviation expected() {
        Deviation known = expected;
        if (known == null) {
            known = Deviation.of(met().point(position), choice, 1);
            expected = known;
        }
        return known;
    }

    private Places.Path met() {
        if (met == null) {
            throw new IllegalStateException("The fault-free plan deviates nowhere.");
        }
        return met;
    }

    private Plan parentPlan() {
        if (parent == null) {
            throw new IllegalStateException("The fault-free plan has no parent.");
        }
        return parent;
    }

    /** Tells its place among those with as many faults: the repeats of this plan and of those that it extends, then the position and the choice of each fault. */
    List<Integer> order() {
        List<Integer> order = new ArrayList<>(3 * faults);
        for (Plan plan = this; plan.parent != null; plan = plan.parent) {
            order.add(plan.repeats);
        }
        List<Integer> places = new ArrayList<>(2 * faults);
        for (Plan plan = this; plan.parent != null; plan = plan.parent) {
            places.add(plan.choice);
            places.add(plan.position);
        }
        Collections.reverse(places);
        order.addAll(places);
        return order;
    }

    /**
     * Returns the token that replays this plan.
     *
     * @return the token
     */
    public ScheduleToken token() {
        List<Deviation> deviations = new ArrayList<>(faults);
        for (Plan plan = this; plan != null && plan.met != null; plan = plan.parent) {
            deviations.add(plan.deviation());
        }
        Collections.reverse(deviations);
        return new ScheduleToken(deviations);
    }

    /**
     * Returns the faults of this plan in words for people.
     *
     * @return a phrase for each fault, in order
     */
    public List<String> phrases() {
        List<String> phrases = new ArrayList<>(faults);
        for (Plan plan = this; plan.met != null && plan.parent != null; plan = plan.parent) {
            phrases.add(plan.met.point(plan.position).option(plan.choice).phrase());
        }
        Collections.reverse(phrases);
        return phrases;
    }

    /**
     * Returns a schedule that follows this plan and records what may be tried after it.
     *
     * @param maxFaults up to how many faults the exploration goes; beyond the plan's own faults the schedule stays armed only
     *     below this number
     * @return a new schedule
     */
    public PlannedSchedule schedule(int maxFaults) {
        return new PlannedSchedule(this, maxFaults);
    }
}
