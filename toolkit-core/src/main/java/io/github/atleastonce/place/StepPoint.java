package io.github.atleastonce.place;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Moment;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The place at which a life may die: before all steps of a cause (no step), or right after one. */
@API(status = API.Status.INTERNAL)
public final class StepPoint implements ChoicePoint {

    private final Cause cause;
    private final @Nullable Step step;

    /**
     * Creates the place.
     *
     * @param cause what is being done
     * @param step the step that was just done, or null before all of them
     */
    public StepPoint(Cause cause, @Nullable Step step) {
        this.cause = cause;
        this.step = step;
    }

    @Override
    public String name() {
        return step == null ? cause.name() : cause.name() + "/" + step.name();
    }

    @Override
    public int options() {
        return 1;
    }

    @Override
    public Option option(int choice) {
        return new Option(Fault.CRASH, "", () -> "crash " + where() + " of " + cause.title());
    }

    /** {@return when a life ends that ends here} */
    public Moment moment() {
        return new Moment(where(), cause);
    }

    private String where() {
        return step == null ? "before " + cause.start() : "after " + step.name();
    }
}
