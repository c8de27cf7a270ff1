package io.github.atleastonce.place;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Moment;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The place at which a life may die or stall: before all steps of a cause, or right after one.
 *
 * @param cause what is being done
 * @param step the step that was just done, or null before all of them
 * @param fault CRASH or PAUSE
 */
@API(status = API.Status.INTERNAL)
public record StepPoint(Cause cause, @Nullable Step step, Fault fault) implements ChoicePoint {

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
        return new Option(fault, "", this::phrase);
    }

    private String phrase() {
        String what = where() + " of " + cause.title();
        return fault == Fault.CRASH ? "crash " + what : what + ", while time passes and the others go on";
    }

    /** {@return when a life ends that ends here} */
    public Moment moment() {
        return new Moment(where(), cause);
    }

    private String where() {
        return step == null ? "before " + cause.start() : "after " + step.name();
    }
}
