package io.github.atleastonce.explore;

import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Shard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What one of several parts of an exploration has run, as exactly as is wanted to make one claim of all of them. Immutable.
 *
 * @param shard which part
 * @param firstFaults how many schedules with one fault there are in all parts together
 * @param fingerprint tells the run without faults from others
 * @param levels what was run of the own schedules with no fault, with one, and so on
 * @param exhausted up to how many faults, switches that no bound counts among them, every own schedule was run
 * @param everything whether those are all own schedules that were asked for
 * @param maxFaults the bound of that name
 * @param everyInterleaving the bound of that name
 * @param asked what else decides which schedules there are and what is claimed of them, each in words, in one order for all parts
 * @param seen what the own runs have shown that limits the claim
 * @param idle what had no occasion in any of the own runs
 * @param order where the schedule that failed stands among those with as many faults, three numbers for each of them; empty if none did
 */
@API(status = API.Status.INTERNAL)
public record Share(
        Shard shard,
        long firstFaults,
        String fingerprint,
        List<Level> levels,
        int exhausted,
        boolean everything,
        int maxFaults,
        boolean everyInterleaving,
        List<String> asked,
        Caveats.Seen seen,
        Set<Idle> idle,
        List<Integer> order) {

    /** Bounds that decide what a schedule may have or when the service sees it; not those that end an exploration, and not how long something is waited for. */
    private static final Set<Bound> DECISIVE = Collections.unmodifiableSet(EnumSet.of(
            Bound.MAX_DELIVERIES,
            Bound.DUPLICATE_HORIZON,
            Bound.REWIND,
            Bound.MAX_ATTEMPTS,
            Bound.DELAY,
            Bound.SESSION_TIMEOUT));

    /**
     * The own schedules with some number of faults.
     *
     * @param runs how many of them were run
     * @param schedules how many of them there are, as far as the runs can tell
     */
    public record Level(long runs, long schedules) {}

    /**
     * Something that a service has for an occasion that did not come.
     *
     * @param service the service
     * @param whole whether it is the service itself, which makes its other parts not worth a word
     * @param words says that its occasion never came
     */
    public record Idle(String service, boolean whole, String words) {}

    /** Says what was asked of an exploration, beside the bounds that a part has as numbers. */
    static List<String> asked(FaultSelection faults, @Nullable String undelivered, Bounds bounds) {
        List<String> asked = new ArrayList<>();
        asked.add("faults = " + faults.tried());
        asked.add("named faults = " + faults.required());
        asked.add("untried faults = " + faults.untried());
        Unsupported unsupported = faults.unsupported();
        asked.add("impossible faults = "
                + (unsupported == null ? "[]" : unsupported.faults() + " " + unsupported.transport()));
        asked.add(undelivered == null ? "must not pass undelivered" : undelivered);
        DECISIVE.forEach(bound -> asked.add(bound.in(bounds)));
        return List.copyOf(asked);
    }

    /** Returns what was run of the schedules with a number of faults; nothing, if there are none. */
    Level level(int faults) {
        return faults < levels.size() ? levels.get(faults) : new Level(0, 0);
    }

    /** Says how many faults the schedule has that failed; 0 if none did. */
    int failedUnder() {
        return order.size() / 3;
    }

    /** Counts the own schedules with one fault. */
    long own() {
        return level(1).schedules();
    }
}
