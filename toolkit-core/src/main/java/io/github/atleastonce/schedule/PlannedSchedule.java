package io.github.atleastonce.schedule;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Follows a {@link Plan}, and notices when the run does not come to the points that the plan was made of. */
@API(status = API.Status.INTERNAL)
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
            choice = deviate(next, point);
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
            divergence = expected(next) + ": the run ended before it";
        }
        return Optional.ofNullable(divergence);
    }

    private int deviate(int step, ChoicePoint point) {
        Plan plan = deviations[step];
        if (plan.isOffered(point)) {
            return plan.choice();
        }
        if (divergence == null) {
            divergence = expected(step) + ": the run came to " + point.name() + " instead, with " + offered(point);
        }
        return 0;
    }

    private String expected(int step) {
        return "step " + (step + 1) + " of " + deviations.length + ", " + deviations[step].deviation()
                + ", was not met";
    }

    private static String offered(ChoicePoint point) {
        return IntStream.rangeClosed(1, point.options())
                .mapToObj(choice -> Deviation.of(point, choice, 1).toString())
                .collect(Collectors.joining(", "));
    }
}
