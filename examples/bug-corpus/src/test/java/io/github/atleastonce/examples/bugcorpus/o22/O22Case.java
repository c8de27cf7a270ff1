package io.github.atleastonce.examples.bugcorpus.o22;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.OutboxShop;
import io.github.atleastonce.schedule.Fault;

/** Sends within the transaction: a phantom event */
public final class O22Case {

    private O22Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "O22",
                        "Sends within the transaction: a phantom event",
                        "orders#1/",
                        Fault.CRASH,
                        Fault.CONNECTION_LOST)
                .faulty(Bodies.placeOne(Faulty::new))
                .fixed(Bodies.placeOne(OutboxShop::new));
    }
}
