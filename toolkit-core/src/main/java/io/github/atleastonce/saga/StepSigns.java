package io.github.atleastonce.saga;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A step of a saga, and what shows how far it has come. */
record StepSigns(
        String name,
        @Nullable Sign commanded,
        @Nullable Sign done,
        @Nullable Sign refused,
        @Nullable Sign undone) {

    Stream<Sign> signs() {
        return Stream.of(commanded, done, refused, undone)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    @Override
    public String toString() {
        return "'" + name + "'";
    }
}
