package io.github.atleastonce.examples.bugcorpus.lostupdate;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class LostUpdate {

    private LostUpdate() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "select customer", Fault.CONCURRENT)
                .faulty(Bodies.reserveTwice(Faulty::new))
                .fixed(Bodies.reserveTwice(Fixed::new));
    }
}
