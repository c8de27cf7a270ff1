package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;

/** The acknowledgement of a message: it may be lost, and the subscriber goes back 1, 2, … of the messages it has handled. */
record AcknowledgementPoint(String name, String title, int options) implements Alternatives<Integer> {

    AcknowledgementPoint(Position position, StoredMessage message, int window) {
        this(position.name(message), position.title(message), window);
    }

    /** How many messages the subscriber goes back. */
    @Override
    public Integer alternative(int choice) {
        return choice;
    }

    @Override
    public Option option(int choice) {
        String phrase = choice == 1
                ? title + " redelivered"
                : title + " redelivered together with the " + (choice == 2 ? "one" : (choice - 1) + " messages")
                        + " before it";
        return new Option(Fault.REDELIVERY, choice == 1 ? "" : Integer.toString(choice), phrase);
    }
}
