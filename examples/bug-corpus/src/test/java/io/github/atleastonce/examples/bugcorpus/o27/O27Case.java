package io.github.atleastonce.examples.bugcorpus.o27;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.OutboxShop;
import io.github.atleastonce.schedule.Fault;

/** Polls for ids above the last one: skips a late commit */
public final class O27Case {

    private O27Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of("O27", "Polls for ids above the last one: skips a late commit", "insert outbox", Fault.CONCURRENT)
                .faulty(Bodies.placeOnCommand(Faulty::new))
                .fixed(Bodies.placeOnCommand(OutboxShop::new));
    }
}
