package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Exploration;
import io.github.atleastonce.explore.FailureKind;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** One trial of an exploration as an invocation of the test method, and the extension of that invocation alone. */
final class TrialInvocation
        implements TestTemplateInvocationContext,
                AfterTestExecutionCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                TestWatcher {

    private final Exploration exploration;
    private final Trial trial;
    private final Stage stage;
    private final String where;
    private @Nullable Scenario scenario;
    private @Nullable Throwable failure;
    private @Nullable Throwable shown;
    private boolean finished;
    private boolean disclosed;

    TrialInvocation(Exploration exploration, Trial trial, Stage stage, String where) {
        this.exploration = exploration;
        this.trial = trial;
        this.stage = stage;
        this.where = where;
    }

    /** Says whether JUnit has told how this invocation ended. */
    boolean isFinished() {
        return finished;
    }

    /** Says whether this invocation has shown the outcome of the whole exploration already. */
    boolean hasDisclosedOutcome() {
        return disclosed;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return trial.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    Scenario scenario() {
        if (scenario == null) {
            scenario = stage.open(trial.run());
        }
        return scenario;
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        show(thrown);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        show(thrown);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        if (failure != null || context.getExecutionException().isPresent()) {
            return;
        }
        try {
            check();
        } catch (RuntimeException thrown) {
            Throwable instead = instead(thrown);
            if (instead instanceof Error error) {
                throw error;
            }
            if (instead instanceof Exception exception) {
                throw exception;
            }
        }
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        show(thrown);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        finished = true;
        if (failure == null) {
            trial.passed();
        }
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        gaveUp(cause == null ? "no reason was given" : String.valueOf(cause.getMessage()));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        gaveUp(reason.orElse("it was disabled"));
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        finished = true;
        if (failure != null) {
            disclosed = cause == shown;
        } else {
            // It comes from a callback of another extension or from the constructor, where nobody can replace it.
            Throwable thrown =
                    cause == null ? new IllegalStateException("The invocation failed without a cause.") : cause;
            disclosed = trial.failed(thrown) == FailureKind.ORDINARY;
        }
    }

    private void gaveUp(String why) {
        finished = true;
        if (failure == null) {
            trial.gaveUp(why);
            disclosed = trial.kind() == Trial.Kind.FAULT_FREE;
        }
    }

    private void check() {
        if (scenario == null) {
            throw new UsageException(where + " wants a parameter of type Scenario in the method, or in a @BeforeEach "
                    + "method of its class: without one there is nothing to disturb.");
        }
        trial.check();
        exploration.outcome().ifPresent(outcome -> {
            throw new TestAbortedException("The exploration ends here; see the last invocation.");
        });
    }

    private void show(Throwable thrown) throws Throwable {
        Throwable instead = instead(thrown);
        if (instead != null) {
            throw instead;
        }
    }

    /** Reports a failure, and returns what the tree of tests is to show for it; null if it shows enough already. */
    private @Nullable Throwable instead(Throwable thrown) {
        Throwable first = failure;
        if (first == null) {
            FailureKind kind = trial.failed(thrown);
            if (thrown instanceof TestAbortedException) {
                return thrown;
            }
            failure = thrown;
            shown = shownFor(thrown, kind);
            return shown;
        }
        if (shown == first) {
            return thrown;
        }
        if (thrown != first) {
            first.addSuppressed(thrown);
        }
        return null;
    }

    private Throwable shownFor(Throwable thrown, FailureKind kind) {
        return switch (kind) {
            case ORDINARY -> thrown;
            case GIVEN_UP -> new TestAbortedException(String.valueOf(thrown.getMessage()), thrown);
            case SUSPECT ->
                new TestAbortedException(
                        "Failed under this schedule, which runs once more before the verdict: " + thrown);
            case OBSOLETE ->
                new TestAbortedException(
                        "Failed, but without meeting the schedule that failed the last time: " + thrown);
            case DECISIVE ->
                exploration.outcome().orElseThrow() instanceof Outcome.Failed failed
                        ? Failures.of(failed)
                        : new TestAbortedException("Failed, and shows nothing; see the last invocation: " + thrown);
        };
    }
}
