package io.github.atleastonce.report;

import io.github.atleastonce.history.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns of a drawing: the test, channels, services, tables and third parties, each in the order in which they come up. Immutable. */
final class Columns {

    private static final Pattern POSITION = Pattern.compile("(.+)" + Wording.OFFSET);

    private final List<Column> all;

    private Columns(List<Column> all) {
        this.all = all;
    }

    /** What a column stands for, from left to right. */
    enum Kind {
        TEST,
        CHANNEL,
        SERVICE,
        TABLE,
        PARTY
    }

    /** One column. */
    record Column(Kind kind, String name) {

        static final Column TEST = new Column(Kind.TEST, "test");

        static Column channel(String name) {
            return new Column(Kind.CHANNEL, name);
        }

        static Column service(String name) {
            return new Column(Kind.SERVICE, name);
        }

        static Column of(Step.Counterpart at) {
            Kind kind = switch (at.kind()) {
                case CHANNEL -> Kind.CHANNEL;
                case TABLE -> Kind.TABLE;
                case THIRD_PARTY -> Kind.PARTY;
            };
            return new Column(kind, at.name());
        }

        /** Where a message went: to a service, or to its position in another log. */
        static Column target(String name) {
            Matcher position = POSITION.matcher(name);
            return position.matches() ? channel(position.group(1)) : service(name);
        }

        String style() {
            return switch (kind) {
                case TEST -> "test";
                case CHANNEL -> "channel";
                case SERVICE -> "service";
                case TABLE -> "table";
                case PARTY -> "party";
            };
        }

        String words() {
            return kind == Kind.TEST ? "" : kind == Kind.PARTY ? "third party" : style();
        }
    }

    static Columns of(List<Row> rows) {
        Set<Column> found = new LinkedHashSet<>();
        for (Row row : rows) {
            if (row instanceof Row.Given given) {
                found.add(Column.TEST);
                add(given.sends(), found);
            } else if (row instanceof Row.Act act) {
                if (act.isAttempt()) {
                    found.add(Column.TEST);
                }
                if (act.isDelivery()) {
                    found.add(Column.channel(act.channel()));
                    found.add(Column.target(act.target()));
                }
                if (!act.service().isEmpty()) {
                    found.add(Column.service(act.service()));
                    add(act.deeds(), found);
                }
            }
        }
        List<Column> all = new ArrayList<>(found);
        all.sort(Comparator.comparing(Column::kind));
        return new Columns(all);
    }

    private static void add(List<Row.Deed> deeds, Set<Column> found) {
        for (Row.Deed deed : deeds) {
            if (deed.at() != null) {
                found.add(Column.of(deed.at()));
            }
        }
    }

    List<Column> all() {
        return all;
    }

    int size() {
        return all.size();
    }

    /** Returns the number of a column, from 1, or 0. */
    int number(Column column) {
        return all.indexOf(column) + 1;
    }
}
