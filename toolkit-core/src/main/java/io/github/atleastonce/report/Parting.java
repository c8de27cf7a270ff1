package io.github.atleastonce.report;

import java.util.List;

/** Says in a sentence where a run parts from the one without faults. */
final class Parting {

    private Parting() {}

    static String of(Difference difference) {
        Difference.Line first = difference.first().orElse(null);
        if (first == null) {
            return "Row by row this run did the same as the one without faults.";
        }
        int number = 0;
        List<Difference.Line> lines = difference.lines();
        for (int i = 0; i < lines.size(); i++) {
            Difference.Line line = lines.get(i);
            number += line.counts() ? 1 : 0;
            if (line == first && difference.isAsAWhole()) {
                int before = line.counts() ? number - 1 : number;
                return "The runs part " + (before == 0 ? "at the beginning" : "after row " + before)
                        + "; they are too long to be compared row by row.";
            }
            if (line == first) {
                String after = i + 1 < lines.size() ? words(lines.get(i + 1).row()) : "";
                return sentence(line, number, after);
            }
        }
        throw new IllegalStateException("The first difference is no line of its difference.");
    }

    private static String sentence(Difference.Line line, int number, String next) {
        String words = words(line.row());
        boolean counts = line.counts();
        String behind =
                "The first difference comes " + (number == 0 ? "at the beginning" : "after row " + number) + ": ";
        return switch (line.side()) {
            case HERE ->
                counts
                        ? "The first difference is row " + number + ", which comes under the fault only: " + words + "."
                        : behind + "under the fault there is " + words + ", and without it there is not.";
            case OTHERWISE ->
                (counts ? "The first difference is in row " + number + ": " : behind) + "under the fault " + words
                        + "; without it " + next + ".";
            case THERE -> behind + "without the fault there is " + words + ", and here there is not.";
            case BOTH -> throw new IllegalArgumentException("This is no difference.");
        };
    }

    private static String words(Row row) {
        if (row instanceof Row.Consumed consumed) {
            return consumed.words();
        }
        if (row instanceof Row.Given given) {
            return "the test's "
                    + Brief.list(given.sends().stream().map(Row.Deed::words).toList(), "; ");
        }
        if (!(row instanceof Row.Act act)) {
            return "another row";
        }
        String head = act.isDelivery() ? act.title() + " → " + act.target() : act.title();
        String how = act.deeds().isEmpty() ? "" : " (" + act.steps() + ")";
        return head + how + (act.marks().isEmpty() ? "" : " " + act.marks());
    }
}
