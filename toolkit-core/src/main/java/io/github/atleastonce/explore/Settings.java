package io.github.atleastonce.explore;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration is to do.
 *
 * @param faults which faults may be injected
 * @param bounds how far it goes
 * @param kept a schedule that failed the last time and is tried first, or null
 * @param replay the only schedule to run, or null for an exploration
 * @param unsupported what was asked for and cannot happen on the transport, or null; the claim names it
 */
public record Settings(
        Set<Fault> faults,
        Bounds bounds,
        @Nullable ScheduleToken kept,
        @Nullable ScheduleToken replay,
        @Nullable Unsupported unsupported) {

    /**
     * Copies the set.
     *
     * @param faults see above
     * @param bounds see above
     * @param kept see above
     * @param replay see above
     * @param unsupported see above
     */
    public Settings {
        EnumSet<Fault> copy = EnumSet.noneOf(Fault.class);
        copy.addAll(faults);
        faults = Collections.unmodifiableSet(copy);
    }

    /**
     * Explores all schedules of some faults.
     *
     * @param faults which faults may be injected
     * @param bounds how far it goes
     * @return the settings
     */
    public static Settings explore(Set<Fault> faults, Bounds bounds) {
        return new Settings(faults, bounds, null, null, null);
    }

    /**
     * Leaves out what nobody offers.
     *
     * @param offered what the transport, the application and all other rooms together offer
     * @param where the transport with its preposition, for the claim and for messages
     * @return these settings, or others without the faults that cannot happen
     * @throws UsageException if none of the faults is left
     */
    public Settings limitedTo(Set<Fault> offered, String where) {
        EnumSet<Fault> impossible = EnumSet.noneOf(Fault.class);
        impossible.addAll(faults);
        impossible.removeAll(offered);
        if (impossible.isEmpty()) {
            return this;
        }
        EnumSet<Fault> possible = EnumSet.copyOf(faults);
        possible.removeAll(impossible);
        if (possible.isEmpty()) {
            EnumSet<Fault> named = EnumSet.noneOf(Fault.class);
            named.addAll(offered);
            throw new UsageException("None of the faults " + impossible + " is possible " + where
                    + ": name at least one of " + named + ".");
        }
        return new Settings(possible, bounds, kept, replay, new Unsupported(impossible, where));
    }
}
