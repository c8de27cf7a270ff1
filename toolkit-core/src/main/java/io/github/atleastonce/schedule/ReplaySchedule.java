package io.github.atleastonce.schedule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/** Takes the deviations of a {@link ScheduleToken} as it meets them, and knows which one it never met. */
@API(status = API.Status.INTERNAL)
public final class ReplaySchedule implements Schedule {

    private static final int SHOWN = 12;

    private final ScheduleToken token;
    private final Trace trace = new Trace();
    private final Set<String> seen = new LinkedHashSet<>();
    private int next;

    ReplaySchedule(ScheduleToken token) {
        this.token = token;
    }

    @Override
    public boolean armed() {
        return next < token.deviations().size();
    }

    @Override
    public int choose(ChoicePoint point) {
        int choice = armed() ? match(point) : 0;
        trace.add(point, choice);
        return choice;
    }

    @Override
    public Trace trace() {
        return trace;
    }

    /**
     * Says how the run differed from the token. Ask when the run is over.
     *
     * @return one sentence that names the step and the options met instead, or empty if every deviation was taken
     */
    public Optional<String> divergence() {
        if (!armed()) {
            return Optional.empty();
        }
        Deviation expected = token.deviations().get(next);
        List<String> found = new ArrayList<>(seen);
        String options = found.isEmpty() ? "no fault was offered" : "offered were " + shown(found);
        return Optional.of("Step " + (next + 1) + " of " + token.deviations().size() + ", " + expected
                + ", was never met; after " + (next == 0 ? "the start" : "step " + next) + " " + options + ".");
    }

    private int match(ChoicePoint point) {
        Deviation expected = token.deviations().get(next);
        String name = point.name();
        int offers = trace.offers(expected);
        for (int choice = 1; choice <= point.options(); choice++) {
            Option option = point.option(choice);
            if (expected.isOffered(name, option)) {
                offers++;
                if (offers == expected.occurrence()) {
                    next++;
                    seen.clear();
                    return choice;
                }
            }
            seen.add(new Deviation(option.fault(), name, option.argument(), 1).toString());
        }
        return 0;
    }

    private static String shown(List<String> found) {
        String list = String.join(", ", found.subList(0, Math.min(SHOWN, found.size())));
        return found.size() > SHOWN ? list + " and " + (found.size() - SHOWN) + " more" : list;
    }
}
