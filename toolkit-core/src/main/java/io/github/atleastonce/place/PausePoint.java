package io.github.atleastonce.place;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The place at which a node may stall.
 *
 * @param cause what it is doing
 * @param step the step that was just done, or null before all of them
 */
@API(status = API.Status.INTERNAL)
public record PausePoint(Cause cause, @Nullable Step step) implements ChoicePoint {

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
        String where = step == null ? "before " + cause.start() : "after " + step.name();
        return new Option(
                Fault.PAUSE, "", () -> where + " of " + cause.title() + ", while time passes and the others go on");
    }
}
