package io.github.atleastonce.schedule;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows a {@link Plan}, and notices when the run does not come to the points that the plan was made of. */
public final class PlannedSchedule implements Schedule {

    private final Plan[] deviations;
    private final boolean open;
    private final Trace trace = new Trace();
    private int next;
    private @Nullable String divergence;

    PlannedSchedule(Plan plan, int maxFaults) {
        deviations = new Plan[plan.faults()];
        Plan step = plan;
        for (int i = deviations.length - 1; i >= 0 && step != null; i--) {
            deviations[i] = step;
            step = step.parent();
        }
        open = deviations.length < maxFaults;
    }

    @Override
    public boolean armed() {
        return open || next < deviations.length;
    }

    @Override
    public int choose(ChoicePoint point) {
        int choice = 0;
        if (next < deviations.length && trace.size() == deviations[next].position()) {
            choice = deviate(deviations[next], point);
            next++;
        }
        trace.add(point, choice);
        return choice;
    }

    @Override
    public Trace trace() {
        return trace;
    }

    /**
     * Says how the run differed from the one that this plan was made of: something varies that the schedule does not
     * decide. Ask when the run is over.
     *
     * @return one sentence, or empty if the run met the points of its plan
     */
    public Optional<String> divergence() {
        if (divergence == null && next < deviations.length) {
            divergence = "expected to come to " + deviations[next].point().name() + ", but the run ended before it";
        }
        return Optional.ofNullable(divergence);
    }

    private int deviate(Plan plan, ChoicePoint point) {
        String expected = plan.point().name();
        String found = point.name();
        if (!expected.equals(found) || plan.choice() > point.options()) {
            divergence = "expected to come to " + expected + ", but came to " + found;
            return 0;
        }
        return plan.choice();
    }
}
