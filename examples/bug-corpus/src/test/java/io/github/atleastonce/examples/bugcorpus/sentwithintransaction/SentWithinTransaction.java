package io.github.atleastonce.examples.bugcorpus.sentwithintransaction;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.OutboxShop;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class SentWithinTransaction {

    private SentWithinTransaction() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "orders#1/", Fault.CRASH, Fault.CONNECTION_LOST)
                .faulty(Bodies.placeOne(Faulty::new))
                .fixed(Bodies.placeOne(OutboxShop::new));
    }
}
