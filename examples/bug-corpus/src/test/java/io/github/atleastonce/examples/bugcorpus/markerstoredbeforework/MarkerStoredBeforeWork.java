package io.github.atleastonce.examples.bugcorpus.markerstoredbeforework;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class MarkerStoredBeforeWork {

    private MarkerStoredBeforeWork() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "insert inbox", Fault.REDELIVERY, Fault.CRASH)
                .faulty(Bodies.reserve(Faulty::new))
                .fixed(Bodies.reserve(Fixed::new));
    }
}
