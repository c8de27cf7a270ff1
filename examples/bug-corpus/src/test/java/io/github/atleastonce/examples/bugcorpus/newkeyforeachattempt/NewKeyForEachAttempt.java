package io.github.atleastonce.examples.bugcorpus.newkeyforeachattempt;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.HttpBodies;
import io.github.atleastonce.schedule.Fault;

/** Tells the bug from its twin. */
public final class NewKeyForEachAttempt {

    private NewKeyForEachAttempt() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(Faulty.class, "stripe POST /charges", Fault.RESPONSE_LOST, Fault.RESPONSE_ERROR)
                .faulty(HttpBodies.charge(Faulty::new))
                .fixed(HttpBodies.charge(Fixed::new));
    }
}
