package io.github.atleastonce.explore;

import io.github.atleastonce.history.History;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** How an exploration ended. Only {@link Passed} is a pass. */
@API(status = API.Status.EXPERIMENTAL)
public sealed interface Outcome {

    /**
     * The body held under every schedule that the claim names.
     *
     * @param claim what was exhausted
     */
    record Passed(Claim claim) implements Outcome {}

    /**
     * The body failed: under the schedule of the token, or without any fault if the token is empty.
     *
     * @param token replays the failure
     * @param cause what the body threw
     * @param history what happened in the failing run
     * @param effort what was run before
     * @param faultFree what happened in the run without faults, to compare with; null if that is the one that failed
     * @param confirmed whether it failed when it was run again; false if that could not be, since the first run has ended for good
     *     what it takes
     */
    record Failed(
            ScheduleToken token,
            Throwable cause,
            History history,
            Effort effort,
            @Nullable History faultFree,
            boolean confirmed)
            implements Outcome {

        /**
         * Makes a failure that was seen again.
         *
         * @param token see above
         * @param cause see above
         * @param history see above
         * @param effort see above
         * @param faultFree see above
         */
        public Failed(
                ScheduleToken token, Throwable cause, History history, Effort effort, @Nullable History faultFree) {
            this(token, cause, history, effort, faultFree, true);
        }

        /**
         * Makes the failure of a run that is compared with no other.
         *
         * @param token replays the failure
         * @param cause what the body threw
         * @param history what happened in the failing run
         * @param effort what was run before
         */
        public Failed(ScheduleToken token, Throwable cause, History history, Effort effort) {
            this(token, cause, history, effort, null, true);
        }
    }

    /**
     * A replay did not meet what its token says.
     *
     * @param token the token
     * @param how the step that was not met, in one sentence
     */
    record Diverged(ScheduleToken token, String how) implements Outcome {}

    /**
     * A schedule failed once, and passed or failed differently when it was run again: something varies that no schedule decides.
     *
     * @param token the schedule
     * @param first what the body threw first
     * @param second what it threw when run again, or null if it passed
     * @param history what happened in the run that failed first
     * @param difference where the second run went another way, in a few words, if it did anything else that is followed
     */
    record Flaky(
            ScheduleToken token,
            Throwable first,
            @Nullable Throwable second,
            History history,
            Optional<String> difference)
            implements Outcome {}

    /**
     * Nothing can be claimed.
     *
     * @param reason why, in a sentence or two
     * @param remedy what to do about it, in one sentence
     */
    record Inconclusive(String reason, String remedy) implements Outcome {}
}
