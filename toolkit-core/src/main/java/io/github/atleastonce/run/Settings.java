package io.github.atleastonce.run;

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
     * Leaves out what cannot happen.
     *
     * @param impossible the faults, and the transport on which they cannot happen
     * @return the settings without these faults
     */
    public Settings without(Unsupported impossible) {
        EnumSet<Fault> possible = EnumSet.noneOf(Fault.class);
        possible.addAll(faults);
        possible.removeAll(impossible.faults());
        return new Settings(possible, bounds, kept, replay, impossible);
    }
}
