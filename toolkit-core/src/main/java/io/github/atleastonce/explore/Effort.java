package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.ScheduleToken;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** How much was run when a failure was found. */
@API(status = API.Status.INTERNAL)
public sealed interface Effort {

    /**
     * Says that a schedule was run by itself after the fault-free one.
     *
     * @param token the schedule
     * @param switches how many of its faults are switches that no bound counts
     * @return what the first line of a failure says of it
     */
    static Effort alone(ScheduleToken token, int switches) {
        int faults = token.deviations().size();
        return faults == 0 ? new FaultFree() : new Alone(faults, switches);
    }

    /** The body failed without any fault, so no schedule with one was run. */
    record FaultFree() implements Effort {}

    /** The test was refused, so whatever was run shows nothing. */
    record Refused() implements Effort {}

    /**
     * The failing schedule was run by itself after the fault-free one, as by a replay.
     *
     * @param faults the number of its faults, switches that no bound counts among them
     * @param switches how many of the {@code faults} those are
     */
    record Alone(int faults, int switches) implements Effort {}

    /**
     * The failing schedule came in its turn.
     *
     * @param faults the number of its faults, switches that no bound counts among them
     * @param smaller how many schedules with fewer faults were run, the fault-free one included; all of them held
     * @param runs how many schedules with that number of faults were run, the failing one included
     * @param schedules how many there are with that number of faults
     * @param exhausted up to how many faults every schedule was run and held; the failure is minimal if it is one less than
     *     {@code faults}
     * @param derived how many schedules with fewer faults were derived from others, and not run
     * @param switches how many of the {@code faults} are switches that no bound counts; the schedules above are then counted by
     *     faults and switches together
     * @param share what one of several parts has run, of which alone the numbers above speak; null if they speak of everything
     */
    record Searched(
            int faults,
            long smaller,
            long runs,
            long schedules,
            int exhausted,
            long derived,
            int switches,
            @Nullable Share share)
            implements Effort {

        /**
         * Speaks of everything, none of which was derived.
         *
         * @param faults see above
         * @param smaller see above
         * @param runs see above
         * @param schedules see above
         * @param exhausted see above
         * @param switches see above
         */
        public Searched(int faults, long smaller, long runs, long schedules, int exhausted, int switches) {
            this(faults, smaller, runs, schedules, exhausted, 0, switches, null);
        }
    }
}
