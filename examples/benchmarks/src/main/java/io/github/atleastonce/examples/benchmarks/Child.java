package io.github.atleastonce.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program in a JVM of its own. */
final class Child {

    private Child() {}

    /**
     * Runs a program to its end.
     *
     * @param classPath its class path
     * @param main its class
     * @param arguments its arguments
     * @return what it has printed, line by line
     * @throws IOException if it fails
     * @throws InterruptedException if interrupted meanwhile
     */
    static List<String> run(String classPath, String main, String... arguments)
            throws IOException, InterruptedException {
        return run(ProcessBuilder.Redirect.DISCARD, false, classPath, main, arguments);
    }

    /** Runs a program on the class path of this one, and shows what it prints. */
    static List<String> show(Class<?> main) throws IOException, InterruptedException {
        return run(ProcessBuilder.Redirect.INHERIT, true, System.getProperty("java.class.path"), main.getName());
    }

    private static List<String> run(
            ProcessBuilder.Redirect errors, boolean shown, String classPath, String main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath, main));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (shown) {
                    System.out.println(line);
                }
            }
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(main + " ended with status " + status + ".");
        }
        return lines;
    }

    /** Runs a program that prints one figure at its end, after the time at which it was asked for as its last argument. */
    static String sinceNow(String classPath, String main, String argument) throws IOException, InterruptedException {
        List<String> lines = run(classPath, main, argument, Long.toString(System.currentTimeMillis()));
        return lines.get(lines.size() - 1);
    }
}
