package io.github.atleastonce.examples.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * How many schedules there are on one transport.
 *
 * @param title where, and under which faults
 * @param cells what was explored
 */
record Growth(String title, List<Cell> cells) {

    /**
     * One exploration.
     *
     * @param messages how many messages the test sends
     * @param faults how many faults a schedule may have
     * @param runs how many schedules were run
     * @param seconds how long that took
     * @param exhausted up to how many faults every schedule was run
     * @param bound the bound that ended it, or an empty text if none did
     */
    record Cell(int messages, int faults, long runs, double seconds, int exhausted, String bound) {

        boolean isExhausted() {
            return bound.isEmpty();
        }

        /** The time in few signs. */
        String time() {
            return seconds < 0.1
                    ? String.format(Locale.ROOT, "%.0f ms", seconds * 1000)
                    : String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }

        String row(String title) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | ≤ %d | %s%,d | %s | %s |%n",
                    title,
                    messages,
                    faults,
                    isExhausted() ? "" : "more than ",
                    runs,
                    time(),
                    isExhausted()
                            ? "all of them run"
                            : bound + "; " + (exhausted == 0 ? "nothing exhausted" : "exhausted: ≤ " + exhausted));
        }
    }
}
