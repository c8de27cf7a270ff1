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
    private final Strokes strokes;

    private static final Difference.Line NONE = new Difference.Line(new Row.Rest(), Side.BOTH);

    private Drawing(List<Excerpt.Shown<Difference.Line>> lines, Ledger ledger, Difference.Line first) {
        this.lines = lines;
        this.ledger = ledger;
        this.first = first;
        this.columns = Columns.of(lines.stream().map(line -> line.what().row()).toList());
        this.strokes = new Strokes(columns.all().stream()
                .map(column -> new Strokes.Heading(column.style(), column.name(), column.words()))
                .toList());
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
        lines.forEach(this::line);
        return strokes.text();
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
            strokes.band("band first", "First difference to the run without faults");
        }
        if (shown.what().side() == Side.THERE) {
            strokes.band("band", "without the fault");
        }
        if (reborn != null) {
            box(reborn, List.of("life " + lives.merge(reborn, 1, Integer::sum)), "");
        }
        if (row instanceof Row.Injury injury) {
            strokes.band("band", "✗ " + injury.what());
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
        strokes.end();
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
        strokes.begin(kind, 0, this::isDead);
        strokes.band("band", words);
        strokes.end();
    }

    private boolean isDead(int column) {
        return dead.contains(columns.all().get(column - 1));
    }

    private void begin(Excerpt.Shown<Difference.Line> shown) {
        String kind = shown.what().row() instanceof Row.Injury ? "fault" : "act";
        String side = switch (shown.what().side()) {
            case BOTH -> "";
            case HERE -> " differs only";
            case OTHERWISE -> " differs";
            case THERE -> " differs ghost";
        };
        strokes.begin(kind + side, shown.number(), this::isDead);
    }

    /** What stood in tables and offsets after a row: shown for the row that is stepped to, and for all of them where nobody steps. */
    private void books(Row row) {
        List<Ledger.Change> changes = ledger.changes(row);
        List<String> offsets = ledger.offsets(row);
        if (changes.isEmpty() && offsets.isEmpty()) {
            return;
        }
        List<Strokes.Note> notes = new ArrayList<>();
        int shown = Math.min(changes.size(), SENDS);
        for (Ledger.Change change : changes.subList(0, shown)) {
            notes.add(new Strokes.Note(change.what(), change.state(), change.isUndone()));
        }
        if (shown < changes.size()) {
            notes.add(Strokes.Note.of("… " + (changes.size() - shown) + " more"));
        }
        offsets.stream().limit(SENDS).map(Strokes.Note::of).forEach(notes::add);
        strokes.books(notes);
    }

    private void arrow(Column from, Column to, String title, String detail) {
        int begin = columns.number(from);
        int end = columns.number(to);
        if (begin == 0 || end == 0) {
            box(begin == 0 ? to : from, List.of(title), "");
            return;
        }
        strokes.arrow(begin, end, title, detail);
    }

    private void box(Column column, List<String> words, String marks) {
        if (words.isEmpty() && marks.isEmpty()) {
            return;
        }
        strokes.box(columns.number(column), words, marks);
    }
}
