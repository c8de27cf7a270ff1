package io.github.atleastonce.explore;

import io.github.atleastonce.history.History;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.ScheduleToken;

/**
 * A failure that is to be seen once more before it is told.
 *
 * @param token under which schedule
 * @param failure what was thrown
 * @param alone whether it did not come in its turn
 * @param history what had happened
 * @param switches how many of its faults are switches that no bound counts
 * @param effects what the run did, to be compared with the second one
 */
record Suspect(ScheduleToken token, Throwable failure, boolean alone, History history, int switches, Effects effects) {

    static Suspect of(ScheduleToken token, Throwable failure, boolean alone, Run run) {
        return new Suspect(token, failure, alone, run.history(), run.faults().uncountedSwitches(), Effects.of(run));
    }

    /** Keeps what failed when it was checked whether it ends as was derived. It is told by itself, since it did not come in its turn. */
    static Suspect stray(Run run, Throwable failure) {
        ScheduleToken token = new ScheduleToken(run.schedule().trace().deviations());
        return of(token, failure, true, run);
    }

    /** Says whether the run has ended something that no later run brings back. */
    boolean isForGood() {
        return Thrown.isForGood(failure);
    }
}
