package io.github.atleastonce.examples.bugcorpus.o26;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.OutboxShop;
import io.github.atleastonce.schedule.Fault;

/** Has no transaction at all, and nobody says so */
public final class O26Case {

    private O26Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "O26",
                        "Has no transaction at all, and nobody says so",
                        "orders#1/",
                        Fault.CRASH,
                        Fault.CONNECTION_LOST)
                .faulty(Bodies.placeOne(Faulty::new))
                .fixed(Bodies.placeOne(OutboxShop::new));
    }
}
