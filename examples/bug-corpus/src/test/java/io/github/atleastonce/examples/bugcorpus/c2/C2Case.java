package io.github.atleastonce.examples.bugcorpus.c2;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Catches the duplicate key within the transaction, which PostgreSQL has aborted by then */
public final class C2Case {

    private C2Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "C2",
                        "Catches the duplicate key within the transaction, which PostgreSQL has aborted by then",
                        "select inbox",
                        Fault.CONCURRENT)
                .faulty(Bodies.reserveWithoutDeadLetters(Faulty::new))
                .fixed(Bodies.reserveWithoutDeadLetters(Fixed::new))
                .withoutRetries();
    }
}
