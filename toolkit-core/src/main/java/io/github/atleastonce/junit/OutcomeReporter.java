package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.Journey;
import io.github.atleastonce.schedule.Shard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;

/** What becomes of the outcome of an exploration: it is published, kept for the next time, and shown. */
final class OutcomeReporter {

    private final ExtensionContext context;
    private final @Nullable KeptSchedule kept;
    private final FailureFile file;
    private final Failures failures;
    private final Optional<Path> directory;
    private final Shard shard;

    OutcomeReporter(
            ExtensionContext context,
            @Nullable KeptSchedule kept,
            FailureFile file,
            Failures failures,
            Optional<Path> directory,
            Shard shard) {
        this.context = context;
        this.kept = kept;
        this.file = file;
        this.failures = failures;
        this.directory = directory;
        this.shard = shard;
    }

    /** Ends an exploration; returns an invocation that shows the outcome, or null if there is nothing left to show. */
    @Nullable
    OutcomeInvocation of(Outcome outcome, boolean disclosed, long runs, Duration taken) {
        keep(outcome);
        Map<String, String> result = Result.of(outcome, runs, taken, directory);
        if (shard.isPart()) {
            result.put(Result.SHARD, shard.toString());
            ShareForm.of(outcome).ifPresent(share -> result.put(Result.SHARE, share));
        }
        publish(outcome, result);
        if (disclosed || outcome instanceof Outcome.Passed) {
            return null;
        }
        return new OutcomeInvocation(name(outcome), failures.of(outcome, null));
    }

    private static String name(Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            return "fails";
        }
        if (outcome instanceof Outcome.Diverged) {
            return "replay diverged";
        }
        return outcome instanceof Outcome.Flaky ? "flaky" : "inconclusive";
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

    private void publish(Outcome outcome, Map<String, String> result) {
        if (!(outcome instanceof Outcome.Failed failed)) {
            file.delete();
            context.publishReportEntry(result);
            return;
        }
        String page = file.page(failed);
        file.write(page).ifPresent(path -> {
            result.put(Result.PAGE, path.toString());
            Pipeline.present().attachment(path).ifPresent(Console::forPipeline);
        });
        String where = Result.where(context.getRequiredTestClass(), failed.cause());
        if (where != null) {
            result.put(Result.WHERE, where);
        }
        context.publishReportEntry(result);
        try {
            // A directory, since the signature for a single file differs between JUnit 5.12 and 6.
            context.publishDirectory("atleastonce", target -> {
                Files.writeString(target.resolve("story.txt"), result.get(Result.STORY));
                Files.writeString(target.resolve("story.html"), page);
                Journey journey = Journey.of(failed.history(), failed.token());
                Files.writeString(target.resolve("journey.mmd"), journey.mermaid());
                Files.writeString(target.resolve("journey.html"), journey.html(context.getDisplayName()));
            });
        } catch (JUnitException nowhere) {
            // The launcher takes no files; the entry above tells the same.
        }
    }
}
