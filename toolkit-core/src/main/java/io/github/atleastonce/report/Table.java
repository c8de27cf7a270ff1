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

    private final List<Excerpt.Numbered> rows;
    private final int number;
    private final int position;
    private final int title;
    private final int head;
    private final int steps;

    private Table(List<Excerpt.Numbered> rows) {
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
        Table table = new Table(Excerpt.of(rows));
        return table.rows.stream().map(table::line).collect(Collectors.joining("\n"));
    }

    private String line(Excerpt.Numbered numbered) {
        Row row = numbered.row();
        if (row instanceof Row.Rest) {
            return indent("") + "· all quiet";
        }
        if (row instanceof Row.Cut cut) {
            return indent("") + "… " + cut.rows() + " more like these";
        }
        String line = indent(Integer.toString(numbered.number()));
        if (row instanceof Row.Injury injury) {
            return line + "✗ " + injury.what();
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
                .map(Excerpt.Numbered::row)
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
