package io.github.atleastonce.examples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is compared with: a project of {@code .ci/numbers.d}, which {@code .ci/numbers} has built with the libraries that it brings.
 *
 * @param title its name
 * @param main the class of the project
 * @param classPath its class path
 */
record Peer(String title, String main, String classPath) {

    private static final Path BUILT = Path.of("target", "numbers");
    private static final Path OWN = Path.of("examples", "benchmarks", "target", "classes");

    /**
     * Finds a peer that was built. One that was not is told.
     *
     * @param project the directory of the project
     * @param title its name
     * @param main the class of the project
     * @return the peer, or empty if it could not be built here
     */
    static Optional<Peer> find(String project, String title, String main) throws IOException {
        Path libraries = BUILT.resolve(project + ".classpath");
        if (!Files.isRegularFile(libraries)) {
            Row.note(title + " could not be had here, and is left out.");
            return Optional.empty();
        }
        String classPath = String.join(
                File.pathSeparator,
                OWN.toString(),
                BUILT.resolve(project).resolve("classes").toString(),
                Files.readString(libraries).strip());
        return Optional.of(new Peer(title, main, classPath));
    }
}
