package io.github.atleastonce.examples.bugcorpus.relays;

import io.github.atleastonce.examples.bugcorpus.Bug;
import java.util.List;

/** The bugs of outboxes, relays and dead letters that have a file of their own. */
public final class Relays {

    private Relays() {}

    /** Returns them, each with its twin. */
    public static List<Bug> bugs() {
        return List.of(
                PartlySentBatch.bug(),
                GivenUp.bug(),
                DeadLetterSwallowed.bug(),
                RedriveDeletesFirst.bug(),
                NotAwaited.bug(),
                ErrorTakenForUnsent.bug());
    }
}
