package io.github.atleastonce.examples.bugcorpus.c6;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Claims without a lease: stuck for ever */
public final class C6Case {

    private C6Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of("C6", "Claims without a lease: stuck for ever", "insert claim", Fault.REDELIVERY, Fault.CRASH)
                .faulty(Bodies.reserveAndWait(Faulty::new))
                .fixed(Bodies.reserveAndWait(Fixed::new));
    }
}
