package io.github.atleastonce.examples.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** One row of the table: prints itself so that {@link BenchmarkTable} can pick it out of a program's output. */
final class Row {

    static final String MARK = "| ";

    /** Begins a sentence about what is not in the table. */
    static final String NOTE = "- ";

    private Row() {}

    /** Prints a measurement with nothing beside it. */
    static void print(String what, String value) {
        print(what, value, "", "");
    }

    /** Prints a measurement, what was measured beside it in the same run, and the ratio of the two. */
    static void print(String what, String value, String beside, String ratio) {
        System.out.println(MARK + String.join(" | ", what, value, beside, ratio) + " |");
    }

    /** Prints a sentence that stands below the table. */
    static void note(String sentence) {
        System.out.println(NOTE + sentence);
    }

    static String perSecond(double rate, String things) {
        return String.format(Locale.ROOT, "%,.0f %s/s", rate, things);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "×%.2f", ratio);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
