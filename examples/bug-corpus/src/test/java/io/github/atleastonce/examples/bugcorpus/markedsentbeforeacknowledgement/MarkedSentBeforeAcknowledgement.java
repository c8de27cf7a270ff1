package io.github.atleastonce.examples.bugcorpus.markedsentbeforeacknowledgement;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class MarkedSentBeforeAcknowledgement {

    private MarkedSentBeforeAcknowledgement() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "orders.relay/", Fault.CRASH, Fault.SEND_FAILED)
                .faulty(Bodies.placeOne(Faulty::new))
                .fixed(Bodies.placeOne(Fixed::new));
    }
}
