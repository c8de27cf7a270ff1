package io.github.atleastonce.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out the middle of a long story, but never a fault nor what stands beside one. */
final class Excerpt {

    /** Up to so many rows a story is told in full. */
    static final int LONGEST = 30;

    private static final int ENDS = 10;

    private Excerpt() {}

    /**
     * Something that is shown.
     *
     * @param number its number in the whole story, or 0 if it does not count
     * @param cut how many that count were left out before it
     * @param what what is shown
     */
    record Shown<T>(int number, int cut, T what) {}

    /** Shows rows of a story in words, in which only faults matter. */
    static List<Shown<Row>> of(List<Row> rows) {
        return of(rows, Excerpt::counts, Row.Injury.class::isInstance);
    }

    static boolean counts(Row row) {
        return !(row instanceof Row.Rest || row instanceof Row.Given);
    }

    static <T> List<Shown<T>> of(List<T> rows, Predicate<T> counts, Predicate<T> matters) {
        BitSet kept = kept(rows, matters);
        List<Shown<T>> shown = new ArrayList<>();
        int number = 0;
        int cut = 0;
        for (int i = 0; i < rows.size(); i++) {
            T row = rows.get(i);
            boolean count = counts.test(row);
            number += count ? 1 : 0;
            if (kept.get(i)) {
                shown.add(new Shown<>(count ? number : 0, cut, row));
                cut = 0;
            } else {
                cut += count ? 1 : 0;
            }
        }
        return shown;
    }

    private static <T> BitSet kept(List<T> rows, Predicate<T> matters) {
        BitSet kept = new BitSet(rows.size());
        if (rows.size() <= LONGEST) {
            kept.set(0, rows.size());
            return kept;
        }
        kept.set(0, ENDS);
        kept.set(rows.size() - ENDS, rows.size());
        for (int i = 0; i < rows.size(); i++) {
            if (matters.test(rows.get(i))) {
                kept.set(Math.max(0, i - 1), Math.min(rows.size(), i + 2));
            }
        }
        for (int i = kept.nextClearBit(0); i < rows.size(); i = kept.nextClearBit(i + 1)) {
            if (kept.get(i - 1) && kept.get(i + 1)) {
                kept.set(i);
            }
        }
        return kept;
    }
}
