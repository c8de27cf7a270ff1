package io.github.atleastonce.examples.bugcorpus.claimwithoutlease;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class ClaimWithoutLease {

    private ClaimWithoutLease() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "insert claim", Fault.REDELIVERY, Fault.CRASH)
                .faulty(Bodies.reserveAndWait(Faulty::new))
                .fixed(Bodies.reserveAndWait(Fixed::new));
    }
}
