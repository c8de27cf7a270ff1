package io.github.atleastonce.examples.bugcorpus.c13;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Applies without a look at the version: a newer state is overwritten */
public final class C13Case {

    private C13Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "C13",
                        "Applies without a look at the version: a newer state is overwritten",
                        "orders",
                        Fault.DUPLICATE)
                .faulty(Bodies.followVersions(Faulty::new))
                .fixed(Bodies.followVersions(Fixed::new));
    }
}
