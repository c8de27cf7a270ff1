package io.github.atleastonce.examples.bugcorpus.c1;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Looks for the marker, then inserts it, and no key stops the second */
public final class C1Case {

    private C1Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "C1",
                        "Looks for the marker, then inserts it, and no key stops the second",
                        "select marker",
                        Fault.REDELIVERY,
                        Fault.CONCURRENT)
                .faulty(Bodies.reserve(Faulty::new))
                .fixed(Bodies.reserve(Fixed::new));
    }
}
