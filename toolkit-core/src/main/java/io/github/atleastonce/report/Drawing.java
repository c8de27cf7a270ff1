package io.github.atleastonce.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Draws rows as a sequence diagram: a column for each channel and each service, an arrow for each message, what a service did below it, and each fault
 * across. A service that has died has no line until it lives again. It is a list of grids, so that it can be read without styles, printed, and stepped through.
 */
final class Drawing {

    private static final String SEND = "send ";

    private final List<Excerpt.Numbered> rows;
    private final List<String> columns;
    private final Set<String> channels = new LinkedHashSet<>();
    private final Set<String> dead = new HashSet<>();
    private final StringBuilder html = new StringBuilder();

    private Drawing(List<Excerpt.Numbered> rows) {
        this.rows = rows;
        Set<String> services = new LinkedHashSet<>();
        for (Excerpt.Numbered numbered : rows) {
            if (numbered.row() instanceof Row.Act act) {
                if (act.isDelivery()) {
                    channels.add(channel(act.position()));
                    services.add(act.target());
                }
                if (!act.service().isEmpty()) {
                    services.add(act.service());
                    act.all().stream()
                            .map(Drawing::sentTo)
                            .filter(to -> !to.isEmpty())
                            .forEach(channels::add);
                }
            }
        }
        columns = new ArrayList<>(channels);
        services.stream().filter(service -> !channels.contains(service)).forEach(columns::add);
    }

    static String of(List<Row> rows) {
        List<Excerpt.Numbered> shown = Excerpt.of(rows);
        return shown.isEmpty() ? "" : new Drawing(shown).draw();
    }

    private String draw() {
        html.append("<ol class=\"drawing\" style=\"--columns:")
                .append(columns.size())
                .append("\">\n");
        html.append("<li class=\"names\" aria-hidden=\"true\">");
        for (String column : columns) {
            html.append("<b class=\"")
                    .append(channels.contains(column) ? "channel" : "service")
                    .append("\">")
                    .append(Html.text(column))
                    .append("</b>");
        }
        html.append("</li>\n");
        String last = "";
        for (Excerpt.Numbered numbered : rows) {
            if (numbered.row() instanceof Row.Act act) {
                last = act.service().isEmpty() ? act.target() : act.service();
                act(numbered.number(), act);
            } else if (numbered.row() instanceof Row.Injury injury) {
                injury(numbered.number(), injury, last);
            } else {
                note(numbered.row() instanceof Row.Cut cut ? "… " + cut.rows() + " more like these" : "all is quiet");
            }
        }
        return html.append("</ol>\n").toString();
    }

    private void act(int number, Row.Act act) {
        dead.remove(act.service());
        begin("act", number);
        if (act.isDelivery()) {
            arrow(channel(act.position()), act.target(), act.title(), act.position());
        }
        String where = act.isDelivery() ? act.target() : act.service();
        List<String> said = new ArrayList<>();
        if (!act.isDelivery()) {
            said.add(act.title());
        }
        for (String step : act.all()) {
            String to = sentTo(step);
            if (to.isEmpty() || !columns.contains(where)) {
                said.add(step);
            } else {
                box(where, said, "");
                said.clear();
                sent(where, to, step.substring(SEND.length()));
            }
        }
        box(where, said, act.marks());
        end();
    }

    private void injury(int number, Row.Injury injury, String service) {
        if (injury.what().startsWith("CRASH")) {
            dead.add(service);
        }
        begin("fault", number);
        html.append("<p class=\"band\">✗ ").append(Html.text(injury.what())).append("</p>");
        end();
    }

    private void note(String words) {
        begin("note", 0);
        html.append("<p class=\"band\">").append(words).append("</p>");
        end();
    }

    private void begin(String kind, int number) {
        html.append("<li class=\"").append(kind).append('"');
        if (number > 0) {
            html.append(" data-number=\"").append(number).append("\" tabindex=\"-1\"");
        }
        html.append('>');
        for (int i = 0; i < columns.size(); i++) {
            html.append("<i class=\"line")
                    .append(dead.contains(columns.get(i)) ? " dead" : "")
                    .append("\" style=\"grid-column:")
                    .append(i + 1)
                    .append('/')
                    .append(i + 2)
                    .append("\"></i>");
        }
    }

    private void end() {
        html.append("</li>\n");
    }

    /** What was sent, if it is known, and where it lies. */
    private void sent(String service, String channel, String words) {
        int end = words.indexOf(' ');
        arrow(service, channel, end < 0 ? "send" : words.substring(end + 1), end < 0 ? words : words.substring(0, end));
    }

    private void arrow(String from, String to, String title, String detail) {
        int begin = columns.indexOf(from);
        int end = columns.indexOf(to);
        if (begin < 0 || end < 0) {
            box(begin < 0 ? to : from, List.of(title), "");
            return;
        }
        html.append("<p class=\"arrow ")
                .append(begin <= end ? "right" : "left")
                .append("\" style=\"grid-column:")
                .append(Math.min(begin, end) + 1)
                .append('/')
                .append(Math.max(begin, end) + 2)
                .append(";--span:")
                .append(Math.abs(end - begin) + 1)
                .append("\"><span><b>")
                .append(Html.text(title))
                .append(detail.isEmpty() ? "" : " <small>" + Html.text(detail) + "</small>")
                .append("</b></span></p>");
    }

    private void box(String column, List<String> words, String marks) {
        if (words.isEmpty() && marks.isEmpty()) {
            return;
        }
        int at = columns.indexOf(column);
        html.append("<p class=\"box\" style=\"grid-column:")
                .append(at < 0 ? "1/-1" : at + 1)
                .append("\">");
        for (String word : words) {
            html.append("<span>").append(Html.text(word)).append("</span>");
        }
        if (!marks.isEmpty()) {
            html.append("<em>").append(Html.text(marks)).append("</em>");
        }
        html.append("</p>");
    }

    /** Of a position in a log: {@code orders-0@3}. */
    private static String channel(String position) {
        int at = position.indexOf('@');
        String log = at < 0 ? position : position.substring(0, at);
        int partition = log.lastIndexOf('-');
        boolean numbered = partition > 0
                && partition + 1 < log.length()
                && log.substring(partition + 1).chars().allMatch(Character::isDigit);
        return numbered ? log.substring(0, partition) : log;
    }

    /** The channel that a step sends to: {@code send payments-0@1 PaymentMade(o-1)}, or empty. */
    private static String sentTo(String step) {
        if (!step.startsWith(SEND)) {
            return "";
        }
        String rest = step.substring(SEND.length());
        int end = rest.indexOf(' ');
        return channel(end < 0 ? rest : rest.substring(0, end));
    }
}
