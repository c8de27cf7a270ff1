package io.github.atleastonce.examples.bugcorpus.replyhandledtwice;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.TripBodies;
import io.github.atleastonce.examples.bugcorpus.Trips;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class ReplyHandledTwice {

    private ReplyHandledTwice() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "hotel", Fault.DUPLICATE, Fault.REDELIVERY)
                .faulty(TripBodies.book(Faulty::new))
                .fixed(TripBodies.book(Trips::new));
    }
}
