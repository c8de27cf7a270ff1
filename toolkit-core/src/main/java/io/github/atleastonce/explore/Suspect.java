package io.github.atleastonce.explore;

import io.github.atleastonce.history.History;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.ScheduleToken;
import org.jspecify.annotations.Nullable;

/**
 * A failure that is to be seen once more before it is told.
 *
 * @param token under which schedule
 * @param failure what was thrown
 * @param alone whether it did not come in its turn
 * @param history what had happened
 */
record Suspect(ScheduleToken token, Throwable failure, boolean alone, History history) {

    /** Keeps what failed when it was checked whether it ends as was derived. It is told by itself, since it did not come in its turn. */
    static Suspect stray(Run run, Throwable failure) {
        ScheduleToken token = new ScheduleToken(run.schedule().trace().deviations());
        return new Suspect(token, failure, true, run.history());
    }

    Outcome flaky(@Nullable Throwable second) {
        return new Outcome.Flaky(token, failure, second, history);
    }
}
