package io.github.atleastonce.examples.bugcorpus.o23;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.OutboxShop;
import io.github.atleastonce.schedule.Fault;

/** Sends after the commit: a lost event */
public final class O23Case {

    private O23Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of("O23", "Sends after the commit: a lost event", "orders#1/", Fault.CRASH, Fault.SEND_FAILED)
                .faulty(Bodies.placeOne(Faulty::new))
                .fixed(Bodies.placeOne(OutboxShop::new));
    }
}
