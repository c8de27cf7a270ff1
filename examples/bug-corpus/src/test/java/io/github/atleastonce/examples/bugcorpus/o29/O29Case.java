package io.github.atleastonce.examples.bugcorpus.o29;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Marks the row as sent before the broker has acknowledged: lost */
public final class O29Case {

    private O29Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "O29",
                        "Marks the row as sent before the broker has acknowledged: lost",
                        "orders.relay/",
                        Fault.CRASH,
                        Fault.SEND_FAILED)
                .faulty(Bodies.placeOne(Faulty::new))
                .fixed(Bodies.placeOne(Fixed::new));
    }
}
