package io.github.atleastonce.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened, side by side with what happens without faults. The faults themselves are no difference, they are the reason for it; nor is where in a log a message
 * lies, and what differs in any run, such as times. Of what a consumer group has consumed the sum counts. Immutable.
 */
final class Difference {

    /** From here on runs are no longer compared row by row but as a whole. */
    private static final long MOST = 4_000_000;

    private static final int SAME = 3;
    private static final int OTHERWISE = 2;

    private final List<Line> lines;
    private final How how;

    private Difference(List<Line> lines, How how) {
        this.lines = lines;
        this.how = how;
    }

    /** How two runs were compared. */
    private enum How {
        NOT,
        ROW_BY_ROW,
        AS_A_WHOLE
    }

    /** Rows of two runs, side by side. */
    private record Aligned(List<Line> lines, How how) {}

    /** In which of the runs something happened. */
    enum Side {
        /** In both. */
        BOTH,
        /** Under the fault only. */
        HERE,
        /** In both, here in another way. */
        OTHERWISE,
        /** Without faults only, or in another way. */
        THERE
    }

    /** A row of one of the runs. */
    record Line(Row row, Side side) {

        boolean differs() {
            return side != Side.BOTH;
        }

        boolean counts() {
            return side != Side.THERE && Excerpt.counts(row);
        }

        private boolean precedes(Line next) {
            return row instanceof Row.Given
                    && next.row instanceof Row.Given
                    && side == next.side
                    && side != Side.OTHERWISE;
        }
    }

    /** Shows a run without comparing it. */
    static Difference none(List<Row> rows) {
        return new Difference(rows.stream().map(row -> new Line(row, Side.BOTH)).toList(), How.NOT);
    }

    static Difference of(Narrator.Tale here, Narrator.Tale there) {
        List<Row> ours = oneByOne(here.rows());
        Aligned both = align(
                seen(ours, here.compared(), Difference::standsAsItIs),
                seen(oneByOne(there.rows()), there.compared(), Row.Consumed.class::isInstance));
        Deque<Line> aligned = new ArrayDeque<>(both.lines());
        List<Line> lines = new ArrayList<>();
        for (Row row : ours) {
            while (!aligned.isEmpty() && aligned.peek().side() == Side.THERE) {
                lines.add(aligned.remove());
            }
            lines.add(standsAsItIs(row) ? new Line(row, Side.BOTH) : aligned.remove());
        }
        lines.addAll(aligned);
        compareConsumed(lines, there.rows());
        lines.removeIf(line -> line.row() instanceof Row.Rest && line.side() == Side.THERE);
        lines.replaceAll(line -> line.row() instanceof Row.Rest ? new Line(line.row(), Side.BOTH) : line);
        return new Difference(joined(lines), both.how());
    }

    private static List<Seen> seen(List<Row> rows, Narrator.Tale compared, Predicate<Row> not) {
        List<Row> same = oneByOne(compared.rows());
        List<Seen> seen = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            if (!not.test(rows.get(i))) {
                seen.add(Seen.of(rows.get(i), same.get(i), compared.ledger()));
            }
        }
        return seen;
    }

    /** Faults come between what the test sends, and without them it is sent in a row: each send is compared by itself. */
    private static List<Row> oneByOne(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> row instanceof Row.Given given ? given.oneByOne() : Stream.of(row))
                .toList();
    }

    /** What the test sends one after the other is one row again, as far as it does not differ. */
    private static List<Line> joined(List<Line> lines) {
        List<Line> joined = new ArrayList<>(lines.size());
        Line last = null;
        for (Line line : lines) {
            if (last != null && last.precedes(line)) {
                Line both = new Line(((Row.Given) last.row()).and((Row.Given) line.row()), line.side());
                joined.set(joined.size() - 1, both);
                last = both;
            } else {
                // What stands behind a row that went otherwise belongs to it.
                boolean belongs =
                        !joined.isEmpty() && joined.get(joined.size() - 1).side() == Side.OTHERWISE;
                joined.add(line);
                last = belongs ? null : line;
            }
        }
        return joined;
    }

    /** What goes on after a fault is compared together with what it belongs to. */
    private static boolean standsAsItIs(Row row) {
        return row instanceof Row.Consumed || row instanceof Row.Injury || row instanceof Row.Act act && act.goesOn();
    }

    boolean isCompared() {
        return how != How.NOT;
    }

    /** Says whether the runs were too long for that: it is known where they part, and not in what. */
    boolean isAsAWhole() {
        return how == How.AS_A_WHOLE;
    }

    List<Line> lines() {
        return lines;
    }

    /** Returns the first row in which the runs part. */
    Optional<Line> first() {
        return lines.stream().filter(Line::differs).findFirst();
    }

    private static Aligned align(List<Seen> here, List<Seen> there) {
        int from = 0;
        while (from < Math.min(here.size(), there.size()) && here.get(from).likeness(there.get(from)) == SAME) {
            from++;
        }
        List<Line> lines = new ArrayList<>();
        here.subList(0, from).forEach(seen -> lines.add(new Line(seen.row(), Side.BOTH)));
        List<Seen> ours = here.subList(from, here.size());
        List<Seen> others = there.subList(from, there.size());
        if ((long) ours.size() * others.size() > MOST) {
            others.forEach(seen -> lines.add(new Line(seen.row(), Side.THERE)));
            ours.forEach(seen -> lines.add(new Line(seen.row(), Side.HERE)));
            return new Aligned(lines, How.AS_A_WHOLE);
        }
        int[][] best = best(ours, others);
        int i = 0;
        int j = 0;
        while (i < ours.size() || j < others.size()) {
            int likeness = i < ours.size() && j < others.size() ? ours.get(i).likeness(others.get(j)) : 0;
            if (likeness > 0 && best[i][j] == likeness + best[i + 1][j + 1]) {
                boolean same = likeness == SAME;
                lines.add(new Line(ours.get(i++).row(), same ? Side.BOTH : Side.OTHERWISE));
                Row other = others.get(j++).row();
                if (!same) {
                    lines.add(new Line(other, Side.THERE));
                }
            } else if (j == others.size() || i < ours.size() && best[i][j] == best[i + 1][j]) {
                lines.add(new Line(ours.get(i++).row(), Side.HERE));
            } else {
                lines.add(new Line(others.get(j++).row(), Side.THERE));
            }
        }
        return new Aligned(lines, How.ROW_BY_ROW);
    }

    /** How much two runs have in common from two of their rows on. */
    private static int[][] best(List<Seen> here, List<Seen> there) {
        int[][] best = new int[here.size() + 1][there.size() + 1];
        for (int i = here.size() - 1; i >= 0; i--) {
            for (int j = there.size() - 1; j >= 0; j--) {
                int likeness = here.get(i).likeness(there.get(j));
                best[i][j] = Math.max(
                        likeness == 0 ? 0 : likeness + best[i + 1][j + 1], Math.max(best[i + 1][j], best[i][j + 1]));
            }
        }
        return best;
    }

    private static void compareConsumed(List<Line> lines, List<Row> there) {
        Map<Row.Consumed, Long> then = sums(there);
        Map<Row.Consumed, Long> now = sums(lines.stream().map(Line::row).toList());
        then.forEach((what, sum) -> {
            if (!Objects.equals(now.get(what), sum)) {
                int last = lastOf(what, lines);
                if (last >= 0) {
                    lines.set(last, new Line(what.inAll(now.getOrDefault(what, 0L)), Side.OTHERWISE));
                }
                lines.add(last < 0 ? lines.size() : last + 1, new Line(what.inAll(sum), Side.THERE));
            }
        });
        now.forEach((what, sum) -> {
            if (!then.containsKey(what)) {
                lines.set(lastOf(what, lines), new Line(what.inAll(sum), Side.HERE));
            }
        });
    }

    private static int lastOf(Row.Consumed what, List<Line> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).row() instanceof Row.Consumed some && what.equals(some.none())) {
                return i;
            }
        }
        return -1;
    }

    private static Map<Row.Consumed, Long> sums(List<Row> rows) {
        Map<Row.Consumed, Long> sums = new LinkedHashMap<>();
        rows.forEach(row -> {
            if (row instanceof Row.Consumed some) {
                sums.merge(some.none(), some.records(), Long::sum);
            }
        });
        return sums;
    }

    /** A row as it is compared: what it is, and how it went. */
    private record Seen(Row row, String what, String how) {

        static Seen of(Row row, Row compared, Ledger ledger) {
            if (compared instanceof Row.Act act) {
                List<String> done = new ArrayList<>();
                List<String> became = new ArrayList<>();
                went(act, ledger, done, became);
                done.addAll(became);
                String what = act.service() + "|" + act.channel() + "|" + act.title() + "|" + act.target();
                return new Seen(row, masked(what), masked(String.join("|", done)));
            }
            if (compared instanceof Row.Given given) {
                return new Seen(
                        row,
                        "the test sends",
                        masked(given.sends().stream()
                                .map(Row.Deed::words)
                                .toList()
                                .toString()));
            }
            return new Seen(row, row.getClass().getName(), "");
        }

        private static void went(Row.Act act, Ledger ledger, List<String> done, List<String> became) {
            act.deeds().forEach(deed -> done.add(deed.words()));
            if (!act.marks().isEmpty()) {
                became.add(act.marks());
            }
            ledger.changes(act).stream()
                    .filter(change -> !change.isOpen())
                    .forEach(change -> became.add(change.what() + " " + change.state()));
            act.rest().forEach(rest -> went(rest, ledger, done, became));
        }

        int likeness(Seen other) {
            return !what.equals(other.what) ? 0 : how.equals(other.how) ? SAME : OTHERWISE;
        }

        private static String masked(@Nullable String text) {
            return Wording.COMPARED.of(String.valueOf(text));
        }
    }
}
