package io.github.atleastonce.junit;

import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.Outcome;
import io.github.atleastonce.run.UsageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** What becomes of the outcome of an exploration: it is published, kept for the next time, and shown. */
final class Conclusion {

    private final ExtensionContext context;
    private final boolean inconclusiveFails;

    Conclusion(ExtensionContext context, boolean inconclusiveFails) {
        this.context = context;
        this.inconclusiveFails = inconclusiveFails;
    }

    /** Ends an exploration; returns an invocation that shows the outcome, or null if there is nothing left to show. */
    @Nullable
    VerdictInvocation of(Outcome outcome, boolean disclosed) {
        String story = Story.of(outcome).text();
        context.publishReportEntry("atleastonce", story);
        if (disclosed || outcome instanceof Outcome.Passed) {
            return null;
        }
        if (outcome instanceof Outcome.Failed failed) {
            return new VerdictInvocation("fails", Failures.of(failed));
        }
        if (outcome instanceof Outcome.Diverged) {
            return new VerdictInvocation("replay diverged", new UsageException(story));
        }
        if (outcome instanceof Outcome.Flaky flaky) {
            return new VerdictInvocation("flaky", nothingShown(story, flaky.first()));
        }
        return new VerdictInvocation("inconclusive", nothingShown(story, null));
    }

    private Throwable nothingShown(String story, @Nullable Throwable cause) {
        RuntimeException shown = inconclusiveFails ? new UsageException(story) : new TestAbortedException(story);
        if (cause != null) {
            shown.initCause(cause);
        }
        return shown;
    }
}
