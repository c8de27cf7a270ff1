package io.github.atleastonce.junit;

import io.github.atleastonce.run.UsageException;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Refuses what would make a fault test mean something else than it says, in one sentence each. */
final class Misuse {

    private Misuse() {}

    static void refuse(ExtensionContext context, String where) {
        List<String> kinds = Stream.of(context.getRequiredTestMethod().getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type != Replay.class && AnnotationSupport.isAnnotated(type, Testable.class))
                .map(type -> "@" + type.getSimpleName())
                .toList();
        if (kinds.size() > 1) {
            throw new UsageException(where + " stands beside another annotation that makes a method a test, " + kinds
                    + ": leave one of them.");
        }
        if (context.getExecutionMode() == ExecutionMode.CONCURRENT) {
            throw new UsageException(
                    where + " runs its schedules one after the other, each chosen by the outcome of the one "
                            + "before: remove @Execution(CONCURRENT) from the method.");
        }
        for (var next = Optional.of(context);
                next.isPresent();
                next = next.get().getParent()) {
            if (next.get().getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS))) {
                throw new UsageException(where + " wants a fresh instance of its class for each schedule: remove "
                        + "@TestInstance(PER_CLASS) from "
                        + next.get().getRequiredTestClass().getSimpleName()
                        + ", or the configuration parameter that makes it the default.");
            }
        }
    }
}
