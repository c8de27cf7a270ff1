package io.github.atleastonce.examples.bugcorpus.markerstoredoutsidetransaction;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class MarkerStoredOutsideTransaction {

    private MarkerStoredOutsideTransaction() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "update customer", Fault.REDELIVERY, Fault.CRASH)
                .faulty(Bodies.reserve(Faulty::new))
                .fixed(Bodies.reserve(Fixed::new));
    }
}
