package io.github.atleastonce.examples.bugcorpus.stateapartfromcommand;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.TripBodies;
import io.github.atleastonce.examples.bugcorpus.Trips;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class StateApartFromCommand {

    private StateApartFromCommand() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "update trip", Fault.CRASH)
                .faulty(TripBodies.bookTheFlight(Faulty::new))
                .fixed(TripBodies.bookTheFlight(Trips::new));
    }
}
