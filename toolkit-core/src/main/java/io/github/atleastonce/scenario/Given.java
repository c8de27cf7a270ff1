package io.github.atleastonce.scenario;

import io.github.atleastonce.run.UsageException;
import org.jspecify.annotations.Nullable;

/** What a test gives to its scenario. */
final class Given {

    private Given() {}

    /** Returns what was given; says what is wanted if it is nothing. */
    static <T> T present(@Nullable T given, String wanted) {
        if (given == null) {
            throw new UsageException(wanted + ", but got null.");
        }
        return given;
    }
}
