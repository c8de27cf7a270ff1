package io.github.atleastonce.jdbc;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;

/** A step at which the connection may break: before it takes effect, and at a commit also after it took effect. */
record ConnectionPoint(Cause cause, String step, boolean commits) implements Alternatives<ConnectionPoint.Moment> {

    /** When the connection breaks. */
    enum Moment {
        /** Before the step takes effect. */
        BEFORE,
        /** After it took effect, while the answer is on its way. */
        AFTER
    }

    @Override
    public String name() {
        return cause.name() + "/" + step;
    }

    @Override
    public int options() {
        return commits ? 2 : 1;
    }

    @Override
    public Moment alternative(int choice) {
        return choice == 1 ? Moment.BEFORE : Moment.AFTER;
    }

    @Override
    public Option option(int choice) {
        return alternative(choice) == Moment.BEFORE
                ? new Option(Fault.CONNECTION_LOST, "", this::phrase)
                : new Option(Fault.CONNECTION_LOST, "done", () -> phrase() + ", which took effect all the same");
    }

    private String phrase() {
        return "connection lost at " + step + " of " + cause.title();
    }
}
