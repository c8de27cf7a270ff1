package io.github.atleastonce.report;

import io.github.atleastonce.report.Columns.Column;
import io.github.atleastonce.report.Difference.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws rows as a sequence diagram: a column for each party, an arrow for each message and each step that reaches another party, what else a service did below it, and each
 * fault across. A service that has died has no line until it lives again; what died with it under a name of its own, such as a consumer group of an application, keeps its
 * line. What happens without faults only is drawn, too, and hidden until it is asked for. It is a list of grids, so that it can be read without styles, printed, and stepped
 * through.
 */
final class Drawing {

    private static final int SENDS = 8;

    private final List<Excerpt.Shown<Difference.Line>> lines;
    private final Ledger ledger;
    private final Difference.Line first;
    private final Columns columns;
    private final Set<Column> dead = new HashSet<>();
    private final Map<Column, Integer> lives = new HashMap<>();
    private final StringBuilder html = new StringBuilder();

    private static final Difference.Line NONE = new Difference.Line(new Row.Rest(), Side.BOTH);

    private Drawing(List<Excerpt.Shown<Difference.Line>> lines, Ledger ledger, Difference.Line first) {
        this.lines = lines;
        this.ledger = ledger;
        this.first = first;
        this.columns = Columns.of(lines.stream().map(line -> line.what().row()).toList());
    }

    static List<Excerpt.Shown<Difference.Line>> excerpt(Difference difference) {
        Difference.Line first = difference.first().orElse(NONE);
        return Excerpt.of(
                difference.lines(), Difference.Line::counts, line -> line == first || line.row() instanceof Row.Injury);
    }

    static String of(Difference difference, Ledger ledger) {
        List<Excerpt.Shown<Difference.Line>> shown = excerpt(difference);
        return shown.isEmpty()
                ? ""
                : new Drawing(shown, ledger, difference.first().orElse(NONE)).draw();
    }

    private String draw() {
        html.append("<ol class=\"drawing\" style=\"--columns:")
                .append(columns.size())
                .append("\">\n");
        html.append("<li class=\"names\" aria-hidden=\"true\">");
        for (Column column : columns.all()) {
            html.append("<b class=\"")
                    .append(column.style())
                    .append("\">")
                    .append(Html.text(column.name()))
                    .append(" <small>")
                    .append(column.words())
                    .append("</small></b>");
        }
        html.append("</li>\n");
        lines.forEach(this::line);
        return html.append("</ol>\n").toString();
    }

    private void line(Excerpt.Shown<Difference.Line> shown) {
        if (shown.cut() > 0) {
            band("note", "… " + shown.cut() + " more like these");
        }
        Row row = shown.what().row();
        if (row instanceof Row.Rest) {
            band("note", "all is quiet");
            return;
        }
        Column reborn = shown.what().side() == Side.THERE ? null : rebornIn(row);
        if (row instanceof Row.Injury injury && injury.dead() != null) {
            Column service = Column.service(injury.dead());
            dead.add(service);
            lives.putIfAbsent(service, 1);
        }
        begin(shown);
        if (shown.what() == first) {
            html.append("<p class=\"band first\">First difference to the run without faults</p>");
        }
        if (shown.what().side() == Side.THERE) {
            html.append("<p class=\"band\">without the fault</p>");
        }
        if (reborn != null) {
            box(reborn, List.of("life " + lives.merge(reborn, 1, Integer::sum)), "");
        }
        if (row instanceof Row.Injury injury) {
            html.append("<p class=\"band\">✗ ").append(Html.text(injury.what())).append("</p>");
        } else if (row instanceof Row.Given given) {
            given(given);
        } else if (row instanceof Row.Consumed consumed) {
            box(Column.TEST, List.of(consumed.words()), "");
        } else if (row instanceof Row.Act act) {
            act(act);
        }
        if (shown.number() > 0) {
            books(row);
        }
        html.append("</li>\n");
    }

    private @Nullable Column rebornIn(Row row) {
        if (!(row instanceof Row.Act act)) {
            return null;
        }
        Column service = Column.service(act.service());
        return dead.remove(service) ? service : null;
    }

    private void given(Row.Given given) {
        List<Row.Deed> sends = given.sends();
        int shown = sends.size() <= SENDS ? sends.size() : SENDS - 1;
        sends.subList(0, shown).forEach(send -> deed(Column.TEST, send));
        if (shown < sends.size()) {
            box(Column.TEST, List.of("… " + (sends.size() - shown) + " more"), "");
        }
    }

    private void act(Row.Act act) {
        Column where = act.isDelivery() ? Column.target(act.target()) : Column.service(act.service());
        List<String> said = new ArrayList<>();
        if (act.isDelivery()) {
            arrow(Column.channel(act.channel()), where, act.title(), act.position());
        } else if (act.isAttempt()) {
            arrow(Column.TEST, where, act.title(), "");
        } else {
            said.add(act.title());
        }
        List<Row.Deed> deeds = act.deeds();
        for (int i = 0; i < deeds.size(); i++) {
            if (deeds.size() > SENDS && i == SENDS - 2) {
                int last = deeds.size() - 1;
                said.add("… " + (last - i) + " more");
                i = last;
            }
            Row.Deed deed = deeds.get(i);
            if (deed.at() == null || columns.number(where) == 0) {
                said.add(deed.words());
            } else {
                box(where, said, "");
                said.clear();
                deed(where, deed);
            }
        }
        box(where, said, act.marks());
    }

    private void deed(Column from, Row.Deed deed) {
        if (deed.at() != null) {
            arrow(from, Column.of(deed.at()), deed.title(), deed.detail());
        }
    }

    private void band(String kind, String words) {
        html.append("<li class=\"").append(kind).append("\">");
        paths();
        html.append("<p class=\"band\">").append(words).append("</p></li>\n");
    }

    private void begin(Excerpt.Shown<Difference.Line> shown) {
        html.append("<li class=\"")
                .append(shown.what().row() instanceof Row.Injury ? "fault" : "act")
                .append(
                        switch (shown.what().side()) {
                            case BOTH -> "";
                            case HERE -> " differs only";
                            case OTHERWISE -> " differs";
                            case THERE -> " differs ghost";
                        })
                .append('"');
        if (shown.number() > 0) {
            html.append(" data-number=\"").append(shown.number()).append("\" tabindex=\"-1\"");
        }
        html.append('>');
        paths();
    }

    private void paths() {
        for (int i = 1; i <= columns.size(); i++) {
            html.append("<i class=\"line")
                    .append(dead.contains(columns.all().get(i - 1)) ? " dead" : "")
                    .append("\" style=\"grid-column:")
                    .append(i)
                    .append('/')
                    .append(i + 1)
                    .append("\"></i>");
        }
    }

    /** What stood in tables and offsets after a row: shown for the row that is stepped to, and for all of them where nobody steps. */
    private void books(Row row) {
        List<Ledger.Change> changes = ledger.changes(row);
        List<String> offsets = ledger.offsets(row);
        if (changes.isEmpty() && offsets.isEmpty()) {
            return;
        }
        html.append("<ul class=\"books\">");
        int shown = Math.min(changes.size(), SENDS);
        for (Ledger.Change change : changes.subList(0, shown)) {
            html.append("<li>")
                    .append(Html.text(change.what()))
                    .append(change.isUndone() ? " <em class=\"undone\">" : " <em>")
                    .append(change.state())
                    .append("</em></li>");
        }
        if (shown < changes.size()) {
            html.append("<li>… ").append(changes.size() - shown).append(" more</li>");
        }
        offsets.stream()
                .limit(SENDS)
                .forEach(words -> html.append("<li>").append(Html.text(words)).append("</li>"));
        html.append("</ul>");
    }

    private void arrow(Column from, Column to, String title, String detail) {
        int begin = columns.number(from);
        int end = columns.number(to);
        if (begin == 0 || end == 0) {
            box(begin == 0 ? to : from, List.of(title), "");
            return;
        }
        html.append("<p class=\"arrow ")
                .append(begin <= end ? "right" : "left")
                .append("\" style=\"grid-column:")
                .append(Math.min(begin, end))
                .append('/')
                .append(Math.max(begin, end) + 1)
                .append(";--span:")
                .append(Math.abs(end - begin) + 1)
                .append("\"><span><b>")
                .append(Html.text(title))
                .append(detail.isEmpty() ? "" : " <small>" + Html.text(detail) + "</small>")
                .append("</b></span></p>");
    }

    private void box(Column column, List<String> words, String marks) {
        if (words.isEmpty() && marks.isEmpty()) {
            return;
        }
        int at = columns.number(column);
        html.append("<p class=\"box\" style=\"grid-column:")
                .append(at == 0 ? "1/-1" : at)
                .append("\">");
        for (String word : words) {
            html.append("<span>").append(Html.text(word)).append("</span>");
        }
        if (!marks.isEmpty()) {
            html.append("<em>").append(Html.text(marks)).append("</em>");
        }
        html.append("</p>");
    }
}
