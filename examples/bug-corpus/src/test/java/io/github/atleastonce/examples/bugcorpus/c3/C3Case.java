package io.github.atleastonce.examples.bugcorpus.c3;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Stores the marker before the work has succeeded: lost */
public final class C3Case {

    private C3Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "C3",
                        "Stores the marker before the work has succeeded: lost",
                        "insert inbox",
                        Fault.REDELIVERY,
                        Fault.CRASH)
                .faulty(Bodies.reserve(Faulty::new))
                .fixed(Bodies.reserve(Fixed::new));
    }
}
