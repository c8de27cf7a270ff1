package io.github.atleastonce.examples.bugcorpus.o35;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Recognises its row by the event: equal events complete each other */
public final class O35Case {

    private O35Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "O35",
                        "Recognises its row by the event: equal events complete each other",
                        "orders.relay/",
                        Fault.CRASH,
                        Fault.SEND_FAILED)
                .faulty(Bodies.ping(Faulty::new))
                .fixed(Bodies.ping(Fixed::new));
    }
}
