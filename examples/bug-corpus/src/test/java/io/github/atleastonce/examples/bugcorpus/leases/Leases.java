package io.github.atleastonce.examples.bugcorpus.leases;

import io.github.atleastonce.examples.bugcorpus.Bug;
import java.util.List;

/** The bugs of timers, queues and leases. */
public final class Leases {

    private Leases() {}

    /** Returns them, each with its twin. */
    public static List<Bug> bugs() {
        return List.of(
                CancelledInMemory.bug(),
                TimerInMemory.bug(),
                PoppedFirst.bug(),
                NextRunFirst.bug(),
                LeaseWithoutFencing.bug(),
                RedeliveredWhileAtWork.bug(),
                LateForItsWindow.bug(),
                PaidAfterExpiry.bug());
    }
}
