package io.github.atleastonce.examples.bugcorpus.addedforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class AddedForEachDelivery {

    private AddedForEachDelivery() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "orders", Fault.DUPLICATE, Fault.REDELIVERY)
                .faulty(Bodies.reserve(Faulty::new))
                .fixed(Bodies.reserve(Fixed::new));
    }
}
