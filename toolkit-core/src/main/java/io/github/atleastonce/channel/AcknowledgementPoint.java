package io.github.atleastonce.channel;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;

/** The acknowledgement of a message: it may be lost, and the subscriber goes back 1, 2, … of the messages it has handled. */
record AcknowledgementPoint(Cause cause, int options) implements Alternatives<Integer> {

    @Override
    public String name() {
        return cause.name();
    }

    /** How many messages the subscriber goes back. */
    @Override
    public Integer alternative(int choice) {
        return choice;
    }

    @Override
    public Option option(int choice) {
        return new Option(Fault.REDELIVERY, choice == 1 ? "" : choice, () -> phrase(choice));
    }

    private String phrase(int choice) {
        String again = cause.title() + " redelivered";
        return choice == 1
                ? again
                : again + " together with the " + (choice == 2 ? "one" : (choice - 1) + " messages") + " before it";
    }
}
