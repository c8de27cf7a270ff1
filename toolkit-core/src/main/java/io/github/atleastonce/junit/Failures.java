package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.UsageException;
import org.opentest4j.AssertionFailedError;

/** Makes what is thrown for an outcome that is not a pass. */
final class Failures {

    private Failures() {}

    /** The story as message, the test's own failure as cause; values and location are those of the cause, for IDEs. */
    static Throwable of(Outcome.Failed failed) {
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
