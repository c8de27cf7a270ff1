package io.github.atleastonce.examples.bugcorpus.compensationmissing;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.TripBodies;
import io.github.atleastonce.examples.bugcorpus.Trips;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class CompensationMissing {

    private CompensationMissing() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "", Fault.DUPLICATE, Fault.REDELIVERY)
                .withoutAnyFault()
                .faulty(TripBodies.bookWithoutAFlight(Faulty::new))
                .fixed(TripBodies.bookWithoutAFlight(Trips::new));
    }
}
