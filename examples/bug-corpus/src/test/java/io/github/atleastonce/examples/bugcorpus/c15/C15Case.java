package io.github.atleastonce.examples.bugcorpus.c15;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Dispatches its outputs again, under a new id, for a duplicate */
public final class C15Case {

    private C15Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "C15",
                        "Dispatches its outputs again, under a new id, for a duplicate",
                        "orders",
                        Fault.REDELIVERY,
                        Fault.CRASH)
                .faulty(Bodies.charge(Faulty::new))
                .fixed(Bodies.charge(Fixed::new));
    }
}
