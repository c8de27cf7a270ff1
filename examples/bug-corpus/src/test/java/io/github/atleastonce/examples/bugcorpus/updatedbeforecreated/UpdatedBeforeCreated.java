package io.github.atleastonce.examples.bugcorpus.updatedbeforecreated;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.HttpBodies;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class UpdatedBeforeCreated {

    private UpdatedBeforeCreated() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "hooks", Fault.REORDER, Fault.DELAY)
                .faulty(HttpBodies.follow(Faulty::new))
                .fixed(HttpBodies.follow(Fixed::new));
    }
}
