package io.github.atleastonce.examples.bugcorpus.c4;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Stores the marker outside of the transaction of the work: doubled */
public final class C4Case {

    private C4Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "C4",
                        "Stores the marker outside of the transaction of the work: doubled",
                        "update customer",
                        Fault.REDELIVERY,
                        Fault.CRASH)
                .faulty(Bodies.reserve(Faulty::new))
                .fixed(Bodies.reserve(Fixed::new));
    }
}
