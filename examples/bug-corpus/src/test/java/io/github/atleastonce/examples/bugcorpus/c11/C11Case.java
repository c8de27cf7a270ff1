package io.github.atleastonce.examples.bugcorpus.c11;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Counts by adding one: counted twice */
public final class C11Case {

    private C11Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of("C11", "Counts by adding one: counted twice", "orders", Fault.DUPLICATE, Fault.REDELIVERY)
                .faulty(Bodies.reserve(Faulty::new))
                .fixed(Bodies.reserve(Fixed::new));
    }
}
