package io.github.atleastonce.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays rows out in columns: number, position, message, target, steps, marks. */
final class Table {

    private static final String MARGIN = "  ";
    private static final int WIDEST_HEAD = 96;
    private static final int WIDEST = 56;

    private final List<Excerpt.Shown<Row>> rows;
    private final int number;
    private final int position;
    private final int title;
    private final int head;
    private final int steps;

    private Table(List<Excerpt.Shown<Row>> rows) {
        this.rows = rows;
        this.number = rows.stream()
                .mapToInt(row -> Integer.toString(row.number()).length())
                .max()
                .orElse(1);
        this.position = width(acts(), WIDEST, Row.Act::position);
        this.title = width(acts().filter(Row.Act::isDelivery), WIDEST, Row.Act::title);
        this.head = width(acts(), WIDEST_HEAD, this::head);
        this.steps = width(acts(), WIDEST, Row.Act::steps);
    }

    static String of(List<Row> rows) {
        List<Row> told =
                rows.stream().filter(row -> !(row instanceof Row.Given)).toList();
        Table table = new Table(Excerpt.of(told));
        return table.rows.stream().map(table::line).collect(Collectors.joining("\n"));
    }

    private String line(Excerpt.Shown<Row> shown) {
        String cut = shown.cut() == 0 ? "" : indent("") + "… " + shown.cut() + " more like these\n";
        Row row = shown.what();
        if (row instanceof Row.Rest) {
            return cut + indent("") + "· all quiet";
        }
        String line = cut + indent(Integer.toString(shown.number()));
        if (row instanceof Row.Injury injury) {
            return line + "✗ " + injury.what();
        }
        if (row instanceof Row.Consumed consumed) {
            return line + consumed.words();
        }
        return row instanceof Row.Act act ? (line + act(act)).stripTrailing() : line;
    }

    private String indent(String text) {
        return MARGIN + " ".repeat(number - text.length()) + text + MARGIN;
    }

    private String act(Row.Act act) {
        if (act.steps().isEmpty() && act.marks().isEmpty()) {
            return head(act);
        }
        String line = pad(head(act), head);
        if (steps > 0 || !act.steps().isEmpty()) {
            line += "    " + pad(act.steps(), steps);
        }
        return act.marks().isEmpty() ? line : line + "      " + act.marks();
    }

    private String head(Row.Act act) {
        if (!act.isDelivery()) {
            return act.title();
        }
        return pad(act.position(), position) + " " + pad(act.title(), title) + "  → " + act.target();
    }

    private Stream<Row.Act> acts() {
        return rows.stream()
                .map(Excerpt.Shown::what)
                .filter(Row.Act.class::isInstance)
                .map(Row.Act.class::cast);
    }

    /** The widest cell, apart from cells so wide that the columns behind them would go out of sight. */
    private static int width(Stream<Row.Act> acts, int widest, Function<Row.Act, String> column) {
        return acts.map(column)
                .mapToInt(Table::length)
                .filter(length -> length <= widest)
                .max()
                .orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
