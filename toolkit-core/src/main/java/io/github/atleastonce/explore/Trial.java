package io.github.atleastonce.explore;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.PlannedSchedule;
import io.github.atleastonce.schedule.ReplaySchedule;
import io.github.atleastonce.schedule.Schedule;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One run that an {@link Exploration} wants to see next, and why. Each driver tells it how the run ended: {@link #check} once the
 * body has returned, then {@link #passed}; or {@link #failed}, or {@link #gaveUp}. Not thread-safe.
 */
@API(status = API.Status.INTERNAL)
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
        /** The happy path with nothing delivered: does the body notice? */
        UNDELIVERED,
        /** The happy path at the end: did anything leak? Carries the claim. */
        CLOSING;

        /** Says whether the states of such a run are told. */
        boolean isTold() {
            return this == FAULT_FREE || this == FAULT_FREE_AGAIN || this == EXPLORED;
        }
    }

    private final Exploration exploration;
    private final Kind kind;
    private final Schedule schedule;
    private final Supplier<String> name;
    private final Supplier<ScheduleToken> token;
    private final Supplier<Run> runs;
    private @Nullable Run run;

    Trial(
            Exploration exploration,
            Kind kind,
            Schedule schedule,
            Supplier<String> name,
            Supplier<ScheduleToken> token,
            Supplier<Run> runs) {
        this.exploration = exploration;
        this.kind = kind;
        this.schedule = schedule;
        this.name = name;
        this.token = token;
        this.runs = runs;
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
     * Returns the token of the schedule that is to be run.
     *
     * @return the token; empty for a run without faults
     */
    public ScheduleToken token() {
        return token.get();
    }

    /**
     * Returns the run; call it first on the thread that will perform it.
     *
     * @return the run, made by the first call
     */
    public Run run() {
        if (run == null) {
            run = runs.get();
        }
        return run;
    }

    /** Begins to look after the run, on its thread: if it takes too long it is told, and ended where it can be. {@link #ends} must follow. */
    public void begins() {
        exploration.begins(this, run());
    }

    /** Ends looking after the run, on its thread. */
    public void ends() {
        exploration.ends();
    }

    /**
     * Closes the run when the body has returned, and checks what the body itself does not: that nothing was left pending, that
     * something was handled at all, and that a fault-free run did what the first one did. May decide the outcome.
     *
     * @throws UsageException if the test proves nothing as it stands
     */
    public void check() {
        exploration.check(this, run());
    }

    /** Reports that the body and everything around it passed. */
    public void passed() {
        exploration.passed(this);
    }

    /**
     * Reports that the body, or something around it, threw. What an assumption throws that does not hold, of JUnit, AssertJ, JUnit 4 or TestNG, is
     * no failure: the body gave up.
     *
     * @param failure what was thrown
     * @return what it means
     */
    public FailureKind failed(Throwable failure) {
        return exploration.failed(this, run(), failure);
    }

    /**
     * Reports that the body gave up, or was not run at all.
     *
     * @param why the reason that was given
     */
    public void gaveUp(String why) {
        exploration.gaveUp(this, run(), why);
    }

    /** Says how the run did not follow its schedule, if it did not. */
    Optional<String> divergence() {
        if (schedule instanceof PlannedSchedule planned) {
            return planned.divergence();
        }
        return schedule instanceof ReplaySchedule replay ? replay.divergence() : Optional.empty();
    }
}
