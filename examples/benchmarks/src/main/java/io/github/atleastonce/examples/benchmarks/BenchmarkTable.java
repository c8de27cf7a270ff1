package io.github.atleastonce.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs each benchmark in a JVM of its own, one after the other, and writes the table. What a row compares was measured in one
 * run; the figures of different rows were not.
 */
public final class BenchmarkTable {

    private static final List<Class<?>> BENCHMARKS = List.of(
            InMemoryBenchmark.class,
            JUnitBenchmark.class,
            SurefireBenchmark.class,
            OverheadBenchmark.class,
            JdbcBenchmark.class,
            ConcurrentBenchmark.class,
            KafkaBenchmark.class,
            ColdStartBenchmark.class);

    private BenchmarkTable() {}

    /**
     * Writes the table.
     *
     * @param arguments the file to write
     * @throws IOException if it cannot be written, or a benchmark not be run
     * @throws InterruptedException if interrupted while a benchmark runs
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(List.of(
                "# Benchmarks",
                "",
                "Written by `./mvnw -q -pl examples/benchmark-peer,examples/benchmarks -am verify -Pbenchmarks -DskipTests`. Figures are",
                "medians; a ratio compares what was measured side by side in one run, and is what to look at: absolute figures are those of one machine with "
                        + Runtime.getRuntime().availableProcessors(),
                "cores and Java " + Runtime.version().feature() + ".",
                "",
                "| what | measured | beside it | ratio |",
                "|---|---|---|---|"));
        for (Class<?> benchmark : BENCHMARKS) {
            lines.addAll(rows(benchmark));
        }
        Files.write(Path.of(arguments[0]), lines);
    }

    private static List<String> rows(Class<?> benchmark) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        benchmark.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> rows = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.out.println(line);
                if (line.startsWith(Row.MARK)) {
                    rows.add(line);
                }
            }
        }
        int status = process.waitFor();
        if (status != 0 || rows.isEmpty()) {
            throw new IOException(
                    benchmark.getSimpleName() + " ended with status " + status + " and " + rows.size() + " rows.");
        }
        return rows;
    }
}
