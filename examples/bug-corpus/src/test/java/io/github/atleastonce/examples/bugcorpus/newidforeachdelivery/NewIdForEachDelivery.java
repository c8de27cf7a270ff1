package io.github.atleastonce.examples.bugcorpus.newidforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class NewIdForEachDelivery {

    private NewIdForEachDelivery() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "orders", Fault.REDELIVERY, Fault.CRASH)
                .faulty(Bodies.charge(Faulty::new))
                .fixed(Bodies.charge(Fixed::new));
    }
}
