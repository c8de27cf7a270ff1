package io.github.atleastonce.examples.bugcorpus.creditedforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.HttpBodies;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class CreditedForEachDelivery {

    private CreditedForEachDelivery() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "hooks", Fault.REDELIVERY, Fault.CRASH)
                .faulty(HttpBodies.credit(Faulty::new))
                .fixed(HttpBodies.credit(Fixed::new));
    }
}
