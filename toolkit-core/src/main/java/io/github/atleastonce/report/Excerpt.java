package io.github.atleastonce.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Leaves out the middle of a long story, but never a fault nor what stands beside one. */
final class Excerpt {

    /** Up to so many rows a story is told in full. */
    static final int LONGEST = 30;

    private static final int ENDS = 10;

    private Excerpt() {}

    /** A row with its number in the whole story. */
    record Numbered(int number, Row row) {}

    static List<Numbered> of(List<Row> rows) {
        BitSet kept = kept(rows);
        List<Numbered> shown = new ArrayList<>();
        int number = 0;
        int cut = 0;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            boolean counts = !(row instanceof Row.Rest);
            number += counts ? 1 : 0;
            if (kept.get(i)) {
                if (cut > 0) {
                    shown.add(new Numbered(0, new Row.Cut(cut)));
                    cut = 0;
                }
                shown.add(new Numbered(counts ? number : 0, row));
            } else {
                cut += counts ? 1 : 0;
            }
        }
        return shown;
    }

    private static BitSet kept(List<Row> rows) {
        BitSet kept = new BitSet(rows.size());
        if (rows.size() <= LONGEST) {
            kept.set(0, rows.size());
            return kept;
        }
        kept.set(0, ENDS);
        kept.set(rows.size() - ENDS, rows.size());
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) instanceof Row.Injury) {
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
