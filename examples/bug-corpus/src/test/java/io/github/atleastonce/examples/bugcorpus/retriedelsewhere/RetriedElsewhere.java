package io.github.atleastonce.examples.bugcorpus.retriedelsewhere;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class RetriedElsewhere {

    private RetriedElsewhere() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "update customer", Fault.CONNECTION_LOST)
                .faulty(Bodies.followVersionsWithRetries(Faulty::new))
                .fixed(Bodies.followVersionsWithRetries(Fixed::new));
    }
}
