package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Exploration;
import io.github.atleastonce.explore.FailureKind;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.report.Printable;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
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
                InvocationInterceptor,
                TestWatcher {

    /** Longer than any claim; what comes from a test, such as a key or a token, may have any length. */
    private static final int NAME = 1_000;

    private final Exploration exploration;
    private final Trial trial;
    private final Stage stage;
    private @Nullable Scenario scenario;
    /** What was thrown first; the trial knows it. */
    private @Nullable Throwable first;
    /** What is thrown in its place, or null if this invocation shows nothing of it. */
    private @Nullable Throwable shown;

    private boolean finished;
    private boolean disclosed;

    TrialInvocation(Exploration exploration, Trial trial, Stage stage) {
        this.exploration = exploration;
        this.trial = trial;
        this.stage = stage;
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
        return Printable.line(trial.name(), NAME);
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
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation);
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
        if (first != null || context.getExecutionException().isPresent()) {
            return;
        }
        Throwable thrown = check();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof Exception exception) {
            throw exception;
        }
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        show(thrown);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        finished = true;
        if (first == null) {
            trial.passed();
        }
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        if (first == null) {
            gaveUp(cause == null ? "no reason was given" : String.valueOf(cause.getMessage()));
        } else {
            finished = true;
            disclosed = cause == shown;
        }
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        gaveUp(reason.orElse("it was disabled"));
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        finished = true;
        if (first != null) {
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
        trial.gaveUp(why);
        disclosed = trial.kind() == Trial.Kind.FAULT_FREE;
    }

    /** After a failure that is not shown JUnit would go on as if nothing had been. */
    private void proceed(Invocation<@Nullable Void> invocation) throws Throwable {
        if (first != null) {
            invocation.skip();
            return;
        }
        if (scenario == null) {
            invocation.proceed();
            return;
        }
        trial.begins();
        try {
            invocation.proceed();
        } finally {
            trial.ends();
        }
    }

    /** Checks a run whose body has returned, and returns what is to be thrown, or null. */
    private @Nullable Throwable check() {
        try {
            if (scenario == null) {
                throw new UsageException(stage.where()
                        + " wants a parameter of type Scenario in the method, or in a @BeforeEach "
                        + "method of its class: without one there is nothing to disturb.");
            }
            trial.check();
        } catch (RuntimeException thrown) {
            return instead(thrown);
        }
        exploration.outcome().ifPresent(outcome -> {
            shown = stage.failures().of(outcome, null);
            first = shown;
        });
        return shown;
    }

    private void show(Throwable thrown) throws Throwable {
        Throwable instead = instead(thrown);
        if (instead != null) {
            throw instead;
        }
    }

    /** Reports a failure, and returns what the tree of tests is to show for it; null if it shows nothing, or enough already. */
    private @Nullable Throwable instead(Throwable thrown) {
        Throwable before = first;
        if (before == null) {
            first = thrown;
            shown = shownFor(thrown, trial.failed(thrown));
            return shown;
        }
        if (shown == before) {
            return thrown;
        }
        if (thrown != before) {
            before.addSuppressed(thrown);
        }
        return null;
    }

    private @Nullable Throwable shownFor(Throwable thrown, FailureKind kind) {
        return switch (kind) {
            case ORDINARY -> thrown;
            case SUSPECT, OBSOLETE, EXPECTED -> null;
            case GIVEN_UP ->
                trial.kind() == Trial.Kind.FAULT_FREE
                        ? new TestAbortedException(String.valueOf(thrown.getMessage()), thrown)
                        : decided(thrown);
            case DECISIVE -> decided(thrown);
        };
    }

    private Throwable decided(Throwable thrown) {
        return stage.failures().of(exploration.outcome().orElseThrow(), thrown);
    }
}
