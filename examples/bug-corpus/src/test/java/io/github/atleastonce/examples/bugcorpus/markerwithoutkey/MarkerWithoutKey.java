package io.github.atleastonce.examples.bugcorpus.markerwithoutkey;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class MarkerWithoutKey {

    private MarkerWithoutKey() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "select marker", Fault.REDELIVERY, Fault.CONCURRENT)
                .faulty(Bodies.reserve(Faulty::new))
                .fixed(Bodies.reserve(Fixed::new));
    }
}
