package io.github.atleastonce.jdbc;

import io.github.atleastonce.run.Cause;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;

/** A step at which the connection may break: before it takes effect, and at a commit also after it took effect. */
record ConnectionPoint(Cause cause, String step, boolean commits) implements ChoicePoint {

    static final int BEFORE = 1;

    @Override
    public String name() {
        return cause.name() + "/" + step;
    }

    @Override
    public int options() {
        return commits ? 2 : 1;
    }

    @Override
    public Option option(int choice) {
        String what = "connection lost at " + step + " of " + cause.title();
        return choice == BEFORE
                ? new Option(Fault.CONNECTION_LOST, "", what)
                : new Option(Fault.CONNECTION_LOST, "done", what + ", which took effect all the same");
    }
}
