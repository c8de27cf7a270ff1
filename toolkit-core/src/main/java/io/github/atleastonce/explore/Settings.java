package io.github.atleastonce.explore;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import io.github.atleastonce.schedule.Shard;
import java.time.Duration;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration is to do. Immutable.
 *
 * @param faults which faults may be injected
 * @param bounds how far it goes; one that ends it before is no pass
 * @param budget how long it may take in all, though every schedule with one fault is run in any case, or null for as far as the bounds permit; what
 *     was exhausted within it is a pass
 * @param kept a schedule that failed the last time and is tried first, or null
 * @param replay the only schedule to run, or null for an exploration
 * @param undelivered why there is no run that finds out whether the body passes even when nothing is delivered, as the claim says it; null
 *     if there is one
 * @param shard which part of the schedules is run
 * @param deriving how schedules are derived from others, or null if each is run
 */
@API(status = API.Status.INTERNAL)
public record Settings(
        FaultSelection faults,
        Bounds bounds,
        @Nullable Budget budget,
        @Nullable ScheduleToken kept,
        @Nullable ScheduleToken replay,
        @Nullable String undelivered,
        Shard shard,
        @Nullable Deriving deriving) {

    /**
     * Runs each schedule.
     *
     * @param faults see above
     * @param bounds see above
     * @param budget see above
     * @param kept see above
     * @param replay see above
     * @param undelivered see above
     * @param shard see above
     */
    public Settings(
            FaultSelection faults,
            Bounds bounds,
            @Nullable Budget budget,
            @Nullable ScheduleToken kept,
            @Nullable ScheduleToken replay,
            @Nullable String undelivered,
            Shard shard) {
        this(faults, bounds, budget, kept, replay, undelivered, shard, null);
    }

    /**
     * Explores all schedules of some faults.
     *
     * @param faults which faults may be injected
     * @param bounds how far it goes
     * @return the settings
     */
    public static Settings explore(Set<Fault> faults, Bounds bounds) {
        return new Settings(FaultSelection.of(faults), bounds, null, null, null, null, Shard.WHOLE);
    }

    /**
     * Returns these settings with a budget.
     *
     * @param time how long it may take in all, though every schedule with one fault is run in any case; null for as far as the bounds permit
     * @return new settings
     */
    public Settings withBudget(@Nullable Duration time) {
        Budget given = time == null ? null : new Budget(time, null);
        return new Settings(faults, bounds, given, kept, replay, undelivered, shard, deriving);
    }

    /**
     * Returns these settings with a schedule that failed the last time.
     *
     * @param token see above
     * @return new settings
     */
    public Settings withKept(@Nullable ScheduleToken token) {
        return new Settings(faults, bounds, budget, token, replay, undelivered, shard, deriving);
    }

    /**
     * Returns these settings with the only schedule to run.
     *
     * @param token see above
     * @return new settings
     */
    public Settings withReplay(@Nullable ScheduleToken token) {
        return new Settings(faults, bounds, budget, kept, token, undelivered, shard, deriving);
    }

    /**
     * Makes the words of the claim for a body that may pass although nothing is delivered.
     *
     * @param reason why it may
     * @return the words, for {@link #withUndelivered}
     * @throws UsageException if there is no reason
     */
    public static String mayPassUndelivered(String reason) {
        if (reason.isBlank()) {
            throw new UsageException(
                    "mayPassUndelivered wants the reason why nothing has to happen for the test to pass.");
        }
        return "may pass undelivered: " + reason.strip();
    }

    /**
     * Returns these settings for a body that may pass although nothing is delivered.
     *
     * @param reason see above
     * @return new settings
     */
    public Settings withUndelivered(@Nullable String reason) {
        return new Settings(faults, bounds, budget, kept, replay, reason, shard, deriving);
    }

    /**
     * Returns these settings for a part of the schedules.
     *
     * @param part see above
     * @return new settings
     */
    public Settings withShard(Shard part) {
        return new Settings(faults, bounds, budget, kept, replay, undelivered, part, deriving);
    }

    /**
     * Returns these settings with schedules that are derived from others.
     *
     * @param how see above
     * @return new settings
     */
    public Settings withDeriving(@Nullable Deriving how) {
        return new Settings(faults, bounds, budget, kept, replay, undelivered, shard, how);
    }

    /**
     * Says nothing of some faults where no service has several nodes, among which they happen.
     *
     * @param unnamed those faults, none of which the test has named
     * @return new settings
     */
    public Settings amongNodes(Set<Fault> unnamed) {
        return new Settings(faults.amongNodes(unnamed), bounds, budget, kept, replay, undelivered, shard, deriving);
    }

    /**
     * Leaves out faults that nobody offers.
     *
     * @param offered what the transport, the application and all other rooms together offer
     * @param where the transport with its preposition, for the claim and for messages
     * @return settings without the faults that cannot happen
     * @throws UsageException if none of the faults is left, or one that must have a place is not possible
     */
    public Settings limitedTo(Set<Fault> offered, String where) {
        return new Settings(
                faults.limitedTo(offered, where), bounds, budget, kept, replay, undelivered, shard, deriving);
    }
}
