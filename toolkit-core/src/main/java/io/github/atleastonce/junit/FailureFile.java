package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.FailurePage;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;

/** The page of a test's failure, which goes when the test passes. */
final class FailureFile {

    static final String ENDING = ".html";

    private final String test;
    private final KeptFile file;

    private FailureFile(String test, KeptFile file) {
        this.test = test;
        this.file = file;
    }

    static FailureFile of(Class<?> testClass, Method method, Optional<Path> directory) {
        return new FailureFile(
                testClass.getSimpleName() + "." + method.getName(), KeptFile.of(testClass, method, directory, ENDING));
    }

    String page(Outcome.Failed failed) {
        return FailurePage.of(test, failed);
    }

    /** Writes a page, and returns where it is. */
    Optional<Path> write(String page) {
        return file.write(page);
    }

    void delete() {
        file.delete();
    }
}
