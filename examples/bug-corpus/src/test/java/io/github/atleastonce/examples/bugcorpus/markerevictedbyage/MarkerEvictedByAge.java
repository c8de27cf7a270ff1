package io.github.atleastonce.examples.bugcorpus.markerevictedbyage;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class MarkerEvictedByAge {

    private MarkerEvictedByAge() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "orders", Fault.DUPLICATE, Fault.REDELIVERY)
                .faulty(Bodies.reserveAndWait(Faulty::new))
                .fixed(Bodies.reserveAndWait(Fixed::new));
    }
}
