package io.github.atleastonce.junit;

import io.github.atleastonce.scenario.Scenario;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that belongs to a test, named by class and method, so that it outlives every edit of the test. What cannot be read or written is left alone: it must not
 * fail a build.
 */
final class KeptFile {

    private final @Nullable Path path;

    private KeptFile(@Nullable Path path) {
        this.path = path;
    }

    static KeptFile of(Class<?> testClass, Method method, Optional<Path> directory, String ending) {
        String name = name(testClass, method);
        return new KeptFile(
                directory.map(parent -> parent.resolve(name + ending)).orElse(null));
    }

    /** Names the file by class and method, and by what else tells the method from another one. */
    private static String name(Class<?> testClass, Method method) {
        StringBuilder name = new StringBuilder(testClass.getName()).append('.').append(method.getName());
        if (!List.of(method.getParameterTypes()).equals(List.of(Scenario.class))) {
            for (Class<?> parameter : method.getParameterTypes()) {
                name.append('-').append(parameter.getSimpleName());
            }
        }
        return FileName.of(name.toString());
    }

    /** Returns where it is, or null if nothing is to be kept. */
    @Nullable
    Path path() {
        return path;
    }

    Optional<String> read() {
        try {
            return path == null || !Files.exists(path) ? Optional.empty() : Optional.of(Files.readString(path));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Writes a text, and returns where. */
    Optional<Path> write(String text) {
        if (path == null) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(path.getParent());
            return Optional.of(Files.writeString(path, text));
        } catch (IOException unwritable) {
            return Optional.empty();
        }
    }

    void delete() {
        if (path != null) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException inUse) {
                // see above
            }
        }
    }
}
