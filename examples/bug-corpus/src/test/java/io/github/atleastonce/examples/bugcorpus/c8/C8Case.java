package io.github.atleastonce.examples.bugcorpus.c8;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Evicts the marker by its age: a late duplicate is doubled */
public final class C8Case {

    private C8Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "C8",
                        "Evicts the marker by its age: a late duplicate is doubled",
                        "orders",
                        Fault.DUPLICATE,
                        Fault.REDELIVERY)
                .faulty(Bodies.reserveAndWait(Faulty::new))
                .fixed(Bodies.reserveAndWait(Fixed::new));
    }
}
