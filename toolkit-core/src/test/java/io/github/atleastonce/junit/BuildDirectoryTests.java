package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildDirectoryTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "/p/target/test-classes, /p/target",
        "/p/build/classes/java/test, /p/build",
        "/p/build/classes/kotlin/test, /p/build",
        "/p/out/test/classes, /p/out",
        "/p/bin/test, /p/bin",
        "/build/p/target/test-classes, /build/p/target",
    })
    void isTheOneAboveTheClasses(Path classes, Path expected) {
        assertThat(BuildDirectory.above(classes)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/p/classes", "/build/a/b/c/d/classes", "/"})
    void isNoOtherDirectory(Path classes) {
        assertThat(BuildDirectory.above(classes)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"pom.xml, target", "build.gradle, build", "build.gradle.kts, build"})
    void isElseTheOneBesideTheBuildFile(String file, String expected) throws IOException {
        Files.writeString(directory.resolve(file), "");

        assertThat(BuildDirectory.of(String.class, directory)).contains(directory.resolve(expected));
    }

    @Test
    void isElseNone() {
        assertThat(BuildDirectory.of(String.class, directory)).isEmpty();
    }

    @Test
    void isFoundForATestOfThisBuild() {
        assertThat(BuildDirectory.of(getClass(), directory))
                .hasValueSatisfying(
                        found -> assertThat(found.resolve("test-classes")).isDirectory());
    }
}
