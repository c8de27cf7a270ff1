package io.github.atleastonce.examples.bugcorpus.steps;

import io.github.atleastonce.examples.bugcorpus.Bug;
import java.util.List;

/** The bugs of sagas, and of those who take part in them, that have a file of their own. */
public final class Steps {

    private Steps() {}

    /** Returns them, each with its twin. */
    public static List<Bug> bugs() {
        return List.of(
                CancelOvertakes.bug(),
                EmptyRollback.bug(),
                CompensatedTwice.bug(),
                JoinCountedTwice.bug(),
                LastTwoAtOnce.bug(),
                StartedByOne.bug());
    }
}
