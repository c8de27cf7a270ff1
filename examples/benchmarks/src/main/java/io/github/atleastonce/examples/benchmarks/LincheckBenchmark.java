package io.github.atleastonce.examples.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measures how long a race takes to be found, and how many schedules of its sound twin are run a second, beside Lincheck. */
public final class LincheckBenchmark {

    private static final int ROUNDS = 7;
    private static final int WARM_UP = 4;
    private static final double NANOS = 1e9;

    private LincheckBenchmark() {}

    /**
     * Prints the medians and their ratios.
     *
     * @param arguments none
     * @throws Exception if a child cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        Optional<Peer> lincheck = Peer.find("lincheck", "Lincheck", "peer.LincheckRace");
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double first = millis(System.getProperty("java.class.path"), Race.class.getName());
            double second = lincheck.isPresent()
                    ? millis(lincheck.get().classPath(), lincheck.get().main())
                    : 0;
            if (round >= 0) {
                ours[round] = first;
                theirs[round] = second;
            }
        }
        compare(
                "a read-then-write race of two handlers in memory, JVM start to the first failure, which is schedule "
                        + Race.firstFailure(),
                String.format(Locale.ROOT, "%,.0f ms", Row.median(ours)),
                lincheck.map(any -> String.format(Locale.ROOT, "%,.0f ms", Row.median(theirs))),
                Row.median(ours) / Row.median(theirs));
        double rate = rate();
        double peer = lincheck.isPresent() ? rate(lincheck.get()) : 0;
        compare(
                "its sound twin, schedules a second in a warm JVM",
                Row.perSecond(rate, "schedules"),
                lincheck.map(any -> Row.perSecond(peer, "invocations")),
                rate / peer);
    }

    private static void compare(String what, String ours, Optional<String> theirs, double ratio) {
        Row.print(
                what,
                ours,
                theirs.map(figure -> "Lincheck: " + figure).orElse(""),
                theirs.isPresent() ? Row.ratio(ratio) : "");
    }

    private static double millis(String classPath, String main) throws IOException, InterruptedException {
        return Double.parseDouble(Child.sinceNow(classPath, main, "first"));
    }

    private static double rate() {
        double[] rates = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long began = System.nanoTime();
            long end = began;
            long runs = 0;
            while (end - began < NANOS / 2) {
                runs += Race.everySchedule();
                end = System.nanoTime();
            }
            if (round >= 0) {
                rates[round] = runs * NANOS / (end - began);
            }
        }
        return Row.median(rates);
    }

    /** The last rounds of a warm JVM. */
    private static double rate(Peer lincheck) throws IOException, InterruptedException {
        List<String> rounds = Child.run(lincheck.classPath(), lincheck.main(), "rate");
        return Row.median(rounds.subList(rounds.size() - 3, rounds.size()).stream()
                .mapToDouble(Double::parseDouble)
                .toArray());
    }
}
