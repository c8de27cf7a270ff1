package io.github.atleastonce.examples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures the cold start of the embedded broker beside that of spring-kafka-test: from the start of a JVM to the first record that a
 * group has read. Both in turns, so that what disturbs one disturbs the other. Wants to be run in the root of the project, with the
 * examples compiled.
 */
public final class ColdStartBenchmark {

    private static final int ROUNDS = 7;
    private static final Path PEER = Path.of("examples", "benchmark-peer", "target");
    private static final String PEER_MAIN = "io.github.atleastonce.examples.benchmarkpeer.SpringKafkaColdStart";

    private ColdStartBenchmark() {}

    /**
     * Prints the medians and their ratio, as a row of the table.
     *
     * @param arguments none
     * @throws Exception if a child cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        String peer = PEER.resolve("classes") + File.pathSeparator + Files.readString(PEER.resolve("classpath"));
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double first = millis(System.getProperty("java.class.path"), EmbeddedKafkaColdStart.class.getName());
            double second = millis(peer, PEER_MAIN);
            if (round >= 0) {
                ours[round] = first;
                theirs[round] = second;
            }
        }
        Row.print(
                "broker, JVM start to first record read by a group",
                String.format(Locale.ROOT, "%,.0f ms", Row.median(ours)),
                String.format(Locale.ROOT, "spring-kafka-test: %,.0f ms", Row.median(theirs)),
                Row.ratio(Row.median(ours) / Row.median(theirs)));
    }

    private static double millis(String classPath, String main) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        main,
                        Long.toString(System.currentTimeMillis()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String[] lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\\R");
        if (child.waitFor() != 0) {
            throw new IllegalStateException(main + " failed.");
        }
        return Double.parseDouble(lines[lines.length - 1]);
    }
}
