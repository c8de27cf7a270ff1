package io.github.atleastonce.junit;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the directory that a build may delete: the nearest one above the compiled test class that has the name build tools give
 * it; else the one that belongs to the build file in the working directory. If there is neither, nothing is kept.
 */
final class BuildDirectory {

    private static final Set<String> NAMES = Set.of("target", "build", "out", "bin");
    private static final Map<String, String> BUILD_FILES =
            Map.of("pom.xml", "target", "build.gradle", "build", "build.gradle.kts", "build");

    /** Gradle's {@code build/classes/java/test} is the deepest layout. */
    private static final int DEPTH = 4;

    private BuildDirectory() {}

    static Optional<Path> of(Class<?> testClass, Path workingDirectory) {
        return above(classes(testClass)).or(() -> beside(workingDirectory));
    }

    static Optional<Path> above(@Nullable Path classes) {
        Path directory = classes;
        for (int i = 0; i < DEPTH && directory != null; i++) {
            Path name = directory.getFileName();
            if (name != null && NAMES.contains(name.toString())) {
                return Optional.of(directory);
            }
            directory = directory.getParent();
        }
        return Optional.empty();
    }

    static Optional<Path> beside(Path workingDirectory) {
        return BUILD_FILES.entrySet().stream()
                .filter(build -> Files.exists(workingDirectory.resolve(build.getKey())))
                .map(build -> workingDirectory.resolve(build.getValue()))
                .sorted()
                .findFirst();
    }

    private static @Nullable Path classes(Class<?> testClass) {
        CodeSource source = testClass.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            Path location = Path.of(source.getLocation().toURI());
            return Files.isDirectory(location) ? location : null;
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException elsewhere) {
            return null;
        }
    }
}
