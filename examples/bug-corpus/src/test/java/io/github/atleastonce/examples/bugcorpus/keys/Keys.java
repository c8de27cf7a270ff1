package io.github.atleastonce.examples.bugcorpus.keys;

import io.github.atleastonce.examples.bugcorpus.Bug;
import java.util.List;

/** The bugs of idempotency keys, webhooks and third parties that have a file of their own. */
public final class Keys {

    private Keys() {}

    /** Returns them, each with its twin. */
    public static List<Bug> bugs() {
        return List.of(
                FailureRemembered.bug(),
                KeyWithoutOperation.bug(),
                PaidBeforeItExists.bug(),
                OutcomeTakenForFailure.bug());
    }
}
