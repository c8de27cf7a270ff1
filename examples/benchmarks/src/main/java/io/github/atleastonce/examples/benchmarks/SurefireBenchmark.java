package io.github.atleastonce.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads how long Surefire took for a class of fault tests and for one of empty repeated tests, which the build has run in turns, each
 * time in a JVM of its own with Surefire's settings as they are.
 */
public final class SurefireBenchmark {

    private static final int ROUNDS = 40;
    private static final Path REPORTS = Path.of("examples", "benchmarks", "target", "surefire-benchmark");
    private static final List<String> TURNS = List.of("1", "2", "3");
    private static final Pattern SUITE = Pattern.compile(
            "<testsuite [^>]* time=\"([0-9.]+)\" tests=\"([0-9]+)\" errors=\"0\" skipped=\"0\" failures=\"0\"");

    private SurefireBenchmark() {}

    /**
     * Prints the medians and their ratio.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        double[] faults =
                TURNS.stream().mapToDouble(turn -> rate("faults-" + turn)).toArray();
        double[] nothing =
                TURNS.stream().mapToDouble(turn -> rate("nothing-" + turn)).toArray();
        double[] ratios = IntStream.range(0, TURNS.size())
                .mapToDouble(turn -> faults[turn] / nothing[turn])
                .toArray();
        Row.print(
                "`@AtLeastOnceTest` under Surefire, 3 messages, ≤ 2 faults",
                Row.perSecond(Row.median(faults), "invocations"),
                "empty `@RepeatedTest`: " + Row.perSecond(Row.median(nothing), "invocations"),
                Row.ratio(Row.median(ratios)));
    }

    static IntStream rounds() {
        return IntStream.range(0, ROUNDS);
    }

    private static double rate(String directory) {
        try (var reports = Files.newDirectoryStream(REPORTS.resolve(directory), "TEST-*.xml")) {
            Matcher suite = SUITE.matcher(Files.readString(reports.iterator().next()));
            if (!suite.find()) {
                throw new IllegalStateException("The tests in " + directory + " should pass.");
            }
            return Integer.parseInt(suite.group(2)) / Double.parseDouble(suite.group(1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
