package io.github.atleastonce.explore;

import io.github.atleastonce.run.Baseline;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Schedule;
import java.util.Set;
import java.util.function.Supplier;

/** One run that an {@link Exploration} wants to see next, and why. */
public final class Trial {

    /** Why a run is wanted. */
    public enum Kind {
        /** The happy path. */
        FAULT_FREE,
        /** The happy path again: does it do the same? */
        FAULT_FREE_AGAIN,
        /** The schedule that failed the last time. */
        KEPT,
        /** The next schedule in order. */
        EXPLORED,
        /** The schedule that has just failed: does it fail the same way again? */
        CONFIRMING,
        /** The schedule of a token. */
        REPLAY,
        /** The happy path at the end: did anything leak? Carries the claim. */
        CLOSING
    }

    private final Kind kind;
    private final Schedule schedule;
    private final Supplier<String> name;
    private final Set<Fault> faults;
    private final Bounds bounds;
    private final Baseline baseline;

    Trial(Kind kind, Schedule schedule, Supplier<String> name, Settings settings, Baseline baseline) {
        this.kind = kind;
        this.schedule = schedule;
        this.name = name;
        this.faults = settings.faults();
        this.bounds = settings.bounds();
        this.baseline = baseline;
    }

    /**
     * Says why this run is wanted.
     *
     * @return the reason
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Names the run for people.
     *
     * @return for example {@code no fault} or {@code OrderCreated(o-1) delivered twice}
     */
    public String name() {
        return name.get();
    }

    /**
     * Creates the run; once for each trial, on the thread that will perform it.
     *
     * @return the run
     */
    public Run newRun() {
        return new Run(schedule, faults, bounds, kind == Kind.FAULT_FREE ? baseline : baseline.given());
    }

    Schedule schedule() {
        return schedule;
    }
}
