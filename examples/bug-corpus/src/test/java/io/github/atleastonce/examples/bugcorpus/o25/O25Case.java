package io.github.atleastonce.examples.bugcorpus.o25;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.OutboxShop;
import io.github.atleastonce.schedule.Fault;

/** Writes the outbox row in a transaction of its own */
public final class O25Case {

    private O25Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "O25",
                        "Writes the outbox row in a transaction of its own",
                        "orders#1/",
                        Fault.CRASH,
                        Fault.CONNECTION_LOST)
                .faulty(Bodies.placeOne(Faulty::new))
                .fixed(Bodies.placeOne(OutboxShop::new));
    }
}
