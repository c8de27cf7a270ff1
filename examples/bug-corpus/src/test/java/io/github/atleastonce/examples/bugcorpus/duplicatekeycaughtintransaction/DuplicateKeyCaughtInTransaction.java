package io.github.atleastonce.examples.bugcorpus.duplicatekeycaughtintransaction;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class DuplicateKeyCaughtInTransaction {

    private DuplicateKeyCaughtInTransaction() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "select inbox", Fault.CONCURRENT)
                .faulty(Bodies.reserveWithoutDeadLetters(Faulty::new))
                .fixed(Bodies.reserveWithoutDeadLetters(Fixed::new))
                .withoutRetries();
    }
}
