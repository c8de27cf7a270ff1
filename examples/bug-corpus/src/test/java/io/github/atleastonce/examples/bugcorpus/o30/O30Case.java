package io.github.atleastonce.examples.bugcorpus.o30;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Two relays share rows by locks that no transaction holds: the order is lost */
public final class O30Case {

    private O30Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "O30",
                        "Two relays share rows by locks that no transaction holds: the order is lost",
                        "orders.relay",
                        Fault.CONCURRENT)
                .faulty(Bodies.placeAndFollow(Faulty::new))
                .fixed(Bodies.placeAndFollow(Fixed::new));
    }
}
