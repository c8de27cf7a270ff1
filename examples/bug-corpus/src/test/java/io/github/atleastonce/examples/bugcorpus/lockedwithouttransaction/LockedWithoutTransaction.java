package io.github.atleastonce.examples.bugcorpus.lockedwithouttransaction;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class LockedWithoutTransaction {

    private LockedWithoutTransaction() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "orders.relay", Fault.CONCURRENT)
                .faulty(Bodies.placeAndFollow(Faulty::new))
                .fixed(Bodies.placeAndFollow(Fixed::new));
    }
}
