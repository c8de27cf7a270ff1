package io.github.atleastonce.examples.process.truth;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts a main class again and again, with an archive of the classes that a rehearsal has loaded from jars. */
final class QuickJvm {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Class<?> main;
    private final Path archive;

    private QuickJvm(Class<?> main, Path archive) {
        this.main = main;
        this.archive = archive;
    }

    static QuickJvm rehearsed(Class<?> main, Path directory) throws IOException, InterruptedException {
        Path list = Files.createDirectories(directory).resolve("classes.list").toAbsolutePath();
        Path archive = directory.resolve("classes.jsa").toAbsolutePath();
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

    String[] command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                classPath(true) + File.pathSeparator + classPath(false),
                main.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
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
    private static void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(List.of(arguments));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
