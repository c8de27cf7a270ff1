package io.github.atleastonce.examples.bugcorpus.o32;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Goes on after a row that failed: a later one of its key overtakes it */
public final class O32Case {

    private O32Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "O32",
                        "Goes on after a row that failed: a later one of its key overtakes it",
                        "orders.relay/",
                        Fault.SEND_FAILED)
                .faulty(Bodies.place(Faulty::new))
                .fixed(Bodies.place(Fixed::new));
    }
}
