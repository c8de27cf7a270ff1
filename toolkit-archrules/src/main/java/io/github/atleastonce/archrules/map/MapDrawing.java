package io.github.atleastonce.archrules.map;

import java.util.List;
import java.util.SortedSet;

/**
 * Draws as the failures of fault tests are drawn: columns with a line each, arrows between them, and bands across. The styles and the script are theirs, copied into this
 * package by the build.
 */
final class MapDrawing {

    private static final int NAMED = 3;

    private final List<String> columns;
    private final StringBuilder html = new StringBuilder();
    private int number;

    MapDrawing(List<String> columns) {
        this.columns = columns;
        html.append("<ol class=\"drawing\" style=\"--columns:")
                .append(columns.size())
                .append("\">\n");
        html.append("<li class=\"names\" aria-hidden=\"true\">");
        for (String name : columns) {
            html.append("<b class=\"service\">").append(escape(name)).append(" <small>context</small></b>");
        }
        html.append("</li>\n");
    }

    String text() {
        return html + "</ol>\n";
    }

    /** An arrow with some of its names, and all of them for whoever steps to it. */
    void arrow(String kind, String from, String to, SortedSet<String> names, String detail) {
        begin(kind);
        int begin = columns.indexOf(from) + 1;
        int end = columns.indexOf(to) + 1;
        String title = String.join(", ", names.stream().limit(NAMED).toList());
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        html.append(String.format(
                "<p class=\"arrow %s\" style=\"grid-column:%d/%d;--span:%d\"><span><b>%s <small>%s</small></b></span></p>",
                begin <= end ? "right" : "left",
                Math.min(begin, end),
                Math.max(begin, end) + 1,
                Math.abs(end - begin) + 1,
                escape(title + more),
                escape(detail)));
        html.append("<ul class=\"books\">");
        names.forEach(name -> html.append(item(name)));
        html.append("</ul></li>\n");
    }

    void band(String words) {
        begin("fault");
        html.append("<p class=\"band\">✗ ").append(escape(words)).append("</p></li>\n");
    }

    private void begin(String kind) {
        number++;
        html.append(String.format("<li class=\"%s\" data-number=\"%d\" tabindex=\"-1\">", kind, number));
        for (int i = 1; i <= columns.size(); i++) {
            html.append(String.format("<i class=\"line\" style=\"grid-column:%d/%d\"></i>", i, i + 1));
        }
    }

    static String item(String words) {
        return "<li>" + escape(words) + "</li>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
