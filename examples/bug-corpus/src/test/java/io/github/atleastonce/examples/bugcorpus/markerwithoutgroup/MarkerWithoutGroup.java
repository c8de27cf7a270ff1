package io.github.atleastonce.examples.bugcorpus.markerwithoutgroup;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class MarkerWithoutGroup {

    private MarkerWithoutGroup() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "", Fault.DUPLICATE, Fault.CRASH)
                .withoutAnyFault()
                .faulty(Bodies.reserveInTwoGroups(Faulty::new))
                .fixed(Bodies.reserveInTwoGroups(Fixed::new));
    }
}
