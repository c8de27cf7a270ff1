package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;

/** The commit of offsets, which may fail. */
record CommitPoint(Cause cause) implements ChoicePoint {

    static final String STEP = "commit offset";

    @Override
    public String name() {
        return cause.name() + "/" + STEP;
    }

    @Override
    public int options() {
        return 1;
    }

    @Override
    public Option option(int choice) {
        return new Option(
                Fault.COMMIT_FAILED, "", () -> "the group has gone on without the consumer, after " + cause.title());
    }
}
