package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;

/** What a poll has brought is about to be handled; its partitions may be given away meanwhile. */
record GivenPoint(Cause cause) implements ChoicePoint {

    @Override
    public String name() {
        return cause.name() + "/fetch";
    }

    @Override
    public int options() {
        return 1;
    }

    @Override
    public Option option(int choice) {
        return new Option(
                Fault.REBALANCE,
                "",
                () -> "records are given to a member whose partitions are given away meanwhile, in " + cause.title());
    }
}
