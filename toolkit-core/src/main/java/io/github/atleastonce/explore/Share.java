package io.github.atleastonce.explore;

import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.schedule.Shard;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

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
 * @param seen what the own runs have shown that limits the claim
 * @param idle what had no occasion in any of the own runs
 * @param order where the schedule that failed stands among those with as many faults; empty if none did
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
        Caveats.Seen seen,
        Set<Idle> idle,
        List<Integer> order) {

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

    /** Returns what was run of the schedules with a number of faults; nothing, if there are none. */
    Level level(int faults) {
        return faults < levels.size() ? levels.get(faults) : new Level(0, 0);
    }

    /** Counts the own schedules with one fault. */
    long own() {
        return level(1).schedules();
    }
}
