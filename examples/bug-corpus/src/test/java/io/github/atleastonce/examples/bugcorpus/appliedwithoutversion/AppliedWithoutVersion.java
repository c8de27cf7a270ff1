package io.github.atleastonce.examples.bugcorpus.appliedwithoutversion;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class AppliedWithoutVersion {

    private AppliedWithoutVersion() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "orders", Fault.DUPLICATE)
                .faulty(Bodies.followVersions(Faulty::new))
                .fixed(Bodies.followVersions(Fixed::new));
    }
}
