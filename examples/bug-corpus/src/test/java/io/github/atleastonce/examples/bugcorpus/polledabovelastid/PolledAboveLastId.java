package io.github.atleastonce.examples.bugcorpus.polledabovelastid;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.OutboxShop;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class PolledAboveLastId {

    private PolledAboveLastId() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "insert outbox", Fault.CONCURRENT)
                .faulty(Bodies.placeOnCommand(Faulty::new))
                .fixed(Bodies.placeOnCommand(OutboxShop::new));
    }
}
