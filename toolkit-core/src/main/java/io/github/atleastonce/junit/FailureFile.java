package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.FailurePage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page of a test's failure, in a file of its own that goes when the test passes. What cannot be written is left out: it must not fail a build.
 */
final class FailureFile {

    static final String ENDING = ".html";

    private final String test;
    private final @Nullable Path file;

    private FailureFile(String test, @Nullable Path file) {
        this.test = test;
        this.file = file;
    }

    static FailureFile of(Class<?> testClass, Method method, Optional<Path> directory) {
        return new FailureFile(
                testClass.getSimpleName() + "." + method.getName(),
                KeptSchedule.file(testClass, method, directory, ENDING));
    }

    String page(Outcome.Failed failed) {
        return FailurePage.of(test, failed);
    }

    /** Writes a page, and returns where it is. */
    Optional<Path> write(String page) {
        if (file == null) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page);
            return Optional.of(file);
        } catch (IOException unwritable) {
            return Optional.empty();
        }
    }

    void delete() {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException inUse) {
                // see above
            }
        }
    }
}
