package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.UsageException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.TestAbortedException;

/** What becomes of the outcome of an exploration: it is published, kept for the next time, and shown. */
final class OutcomeReporter {

    private final ExtensionContext context;
    private final @Nullable KeptSchedule kept;
    private final boolean inconclusiveFails;

    OutcomeReporter(ExtensionContext context, @Nullable KeptSchedule kept, boolean inconclusiveFails) {
        this.context = context;
        this.kept = kept;
        this.inconclusiveFails = inconclusiveFails;
    }

    /** Ends an exploration; returns an invocation that shows the outcome, or null if there is nothing left to show. */
    @Nullable
    OutcomeInvocation of(Outcome outcome, boolean disclosed) {
        String story = Story.of(outcome).text();
        keep(outcome);
        publish(outcome, story);
        if (disclosed || outcome instanceof Outcome.Passed) {
            return null;
        }
        if (outcome instanceof Outcome.Failed failed) {
            return new OutcomeInvocation("fails", Failures.of(failed));
        }
        if (outcome instanceof Outcome.Diverged) {
            return new OutcomeInvocation("replay diverged", new UsageException(story));
        }
        if (outcome instanceof Outcome.Flaky flaky) {
            return new OutcomeInvocation("flaky", nothingShown(story, flaky.first()));
        }
        return new OutcomeInvocation("inconclusive", nothingShown(story, null));
    }

    private void keep(Outcome outcome) {
        if (kept == null) {
            return;
        }
        if (outcome instanceof Outcome.Passed) {
            kept.delete();
        } else if (outcome instanceof Outcome.Failed failed
                && !failed.token().deviations().isEmpty()) {
            kept.write(failed.token());
        }
    }

    private void publish(Outcome outcome, String story) {
        context.publishReportEntry("atleastonce", story);
        if (outcome instanceof Outcome.Failed) {
            try {
                // A directory, since the signature for a single file differs between JUnit 5.12 and 6.
                context.publishDirectory(
                        "atleastonce", directory -> Files.writeString(directory.resolve("story.txt"), story));
            } catch (JUnitException nowhere) {
                // The launcher takes no files; the entry above tells the same.
            }
        }
    }

    private Throwable nothingShown(String story, @Nullable Throwable cause) {
        RuntimeException shown = inconclusiveFails ? new UsageException(story) : new TestAbortedException(story);
        if (cause != null) {
            shown.initCause(cause);
        }
        return shown;
    }
}
