package io.github.atleastonce.examples.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            LincheckBenchmark.class,
            JdbcBenchmark.class,
            ConcurrentBenchmark.class,
            KafkaBenchmark.class,
            SpringBenchmark.class,
            SettlingBenchmark.class,
            EvictionBenchmark.class,
            ProxyBenchmark.class,
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
        Machine machine = new Machine();
        StringBuilder rows = new StringBuilder();
        StringBuilder notes = new StringBuilder();
        for (Class<?> benchmark : BENCHMARKS) {
            List<String> lines = Child.show(benchmark);
            String measured = beginningWith(Row.MARK, lines.stream());
            if (measured.isEmpty()) {
                throw new IOException(benchmark.getSimpleName() + " has measured nothing.");
            }
            rows.append(measured);
            notes.append(beginningWith(Row.NOTE, lines.stream()));
        }
        Files.writeString(
                Path.of(arguments[0]),
                template("benchmarks.md")
                        .replace("{machine}", machine.describe())
                        .replace("{rows}\n", rows)
                        .replace("{notes}\n", notes.isEmpty() ? "" : "\n" + notes));
    }

    private static String beginningWith(String mark, Stream<String> lines) {
        return lines.filter(line -> line.startsWith(mark))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** What a page says around its figures. */
    static String template(String name) throws IOException {
        try (InputStream page = BenchmarkTable.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
