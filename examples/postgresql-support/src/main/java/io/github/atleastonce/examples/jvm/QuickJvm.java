package io.github.atleastonce.examples.jvm;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts a main class again and again, with an archive of the classes that a rehearsal has loaded from jars. */
public final class QuickJvm {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** What a service prints stands in the story of its run, and not that it has nowhere to log to. */
    private static final String QUIET = "-Dlog4j2.StatusLogger.level=OFF";

    private final Class<?> main;
    private final Path archive;

    private QuickJvm(Class<?> main, Path archive) {
        this.main = main;
        this.archive = archive;
    }

    /**
     * Makes the archive.
     *
     * @param main a main class that loads its classes, and ends, when it gets no arguments
     * @param directory where the archive goes
     * @throws UncheckedIOException if the directory cannot be written, or no JVM be started
     */
    public static QuickJvm rehearsed(Class<?> main, Path directory) {
        Path list = directory.resolve("classes.list").toAbsolutePath();
        Path archive = directory.resolve("classes.jsa").toAbsolutePath();
        create(directory);
        run(
                "-XX:DumpLoadedClassList=" + list,
                "-cp",
                classPath(true) + File.pathSeparator + classPath(false),
                main.getName());
        run(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                classPath(true));
        return new QuickJvm(main, archive);
    }

    /** Returns the command that starts the main class with arguments. */
    public String[] command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + archive,
                QUIET,
                "-cp",
                classPath(true) + File.pathSeparator + classPath(false),
                main.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Directories cannot be archived, so they come last. */
    private static String classPath(boolean jars) {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> entry.endsWith(".jar") == jars)
                        .toList());
    }

    /** Without an archive it is only slower. */
    private static void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(List.of(arguments));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in a rehearsal.", interrupted);
        }
    }
}
