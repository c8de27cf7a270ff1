package io.github.atleastonce.examples.bugcorpus.timeouttakenforfailure;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.TripBodies;
import io.github.atleastonce.examples.bugcorpus.Trips;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class TimeOutTakenForFailure {

    private TimeOutTakenForFailure() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "flight<flight", Fault.DELAY)
                .faulty(TripBodies.book(Faulty::new))
                .fixed(TripBodies.book(Trips::new));
    }
}
