package io.github.atleastonce.examples.bugcorpus.overtakenafterfailure;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class OvertakenAfterFailure {

    private OvertakenAfterFailure() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "orders.relay/", Fault.SEND_FAILED)
                .faulty(Bodies.place(Faulty::new))
                .fixed(Bodies.place(Fixed::new));
    }
}
