package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.UsageException;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Makes what is thrown for an outcome that is not a pass.
 *
 * @param inconclusiveAborts whether an exploration that shows nothing aborts its test rather than fails it
 */
record Failures(boolean inconclusiveAborts) {

    /** Returns what shows an outcome in the tree of tests, and what was thrown last, if anything was. */
    Throwable of(Outcome outcome, @Nullable Throwable thrown) {
        if (outcome instanceof Outcome.Failed failed) {
            return failure(failed);
        }
        String story = Story.of(outcome).text();
        if (outcome instanceof Outcome.Diverged) {
            return new UsageException(story);
        }
        RuntimeException shown = inconclusiveAborts ? new TestAbortedException(story) : new UsageException(story);
        Throwable cause = outcome instanceof Outcome.Flaky flaky ? flaky.first() : thrown;
        if (cause != null) {
            shown.initCause(cause);
        }
        return shown;
    }

    /** The story as message, the test's own failure as cause; values and location are those of the cause, for IDEs. */
    private static Throwable failure(Outcome.Failed failed) {
        Throwable cause = failed.cause();
        String story = Story.of(failed).text();
        Throwable error = cause instanceof UsageException ? new UsageException(story, cause) : assertion(story, cause);
        error.setStackTrace(cause.getStackTrace());
        return error;
    }

    private static AssertionFailedError assertion(String story, Throwable cause) {
        if (cause instanceof AssertionFailedError original
                && original.isExpectedDefined()
                && original.isActualDefined()) {
            return new AssertionFailedError(story, original.getExpected(), original.getActual(), cause);
        }
        return new AssertionFailedError(story, cause);
    }
}
