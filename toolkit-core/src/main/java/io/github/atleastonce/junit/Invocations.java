package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Exploration;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** The invocations of one test method: each is made when JUnit asks for it, out of the outcome of the one before. */
final class Invocations implements Iterator<TestTemplateInvocationContext> {

    private final Exploration exploration;
    private final Stage stage;
    private final OutcomeReporter reporter;
    private final ProgressLine progress;
    private final RunningSchedule running;
    private long runs;
    private @Nullable TrialInvocation last;
    private @Nullable TestTemplateInvocationContext upcoming;
    private boolean over;

    Invocations(
            Settings settings, Stage stage, OutcomeReporter reporter, ProgressLine progress, RunningSchedule running) {
        this.exploration = new Exploration(settings, System::nanoTime, progress::hint);
        this.stage = stage;
        this.reporter = reporter;
        this.progress = progress;
        this.running = running;
    }

    @Override
    public boolean hasNext() {
        if (upcoming == null && !over) {
            upcoming = find();
        }
        return upcoming != null;
    }

    @Override
    public TestTemplateInvocationContext next() {
        TestTemplateInvocationContext next = hasNext() ? upcoming : null;
        if (next == null) {
            throw new NoSuchElementException();
        }
        upcoming = null;
        return next;
    }

    /** Says whether JUnit is at work on an invocation that came from here. */
    boolean isRunning() {
        return last != null && !last.isFinished();
    }

    Scenario scenario() {
        return Objects.requireNonNull(last).scenario();
    }

    private @Nullable TestTemplateInvocationContext find() {
        if (isRunning()) {
            over = true;
            throw new UsageException(
                    stage.where() + ": an invocation was left out, so nothing can be said about those after it. "
                            + "Select the whole method; for one schedule alone there is @Replay.");
        }
        if (last != null) {
            runs++;
            progress.after(exploration.progress());
        }
        Optional<Trial> trial = exploration.next();
        if (trial.isPresent()) {
            running.begins(trial.get());
            last = new TrialInvocation(exploration, trial.get(), stage);
            return last;
        }
        over = true;
        running.ended();
        Outcome outcome = exploration.outcome().orElseThrow();
        boolean disclosed = last != null && last.hasDisclosedOutcome();
        return reporter.of(outcome, disclosed, runs, progress.taken());
    }
}
