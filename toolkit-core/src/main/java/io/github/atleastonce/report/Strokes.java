package io.github.atleastonce.report;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Writes the parts of a drawing: columns with a line each, and rows of arrows between them, boxes and bands. It is a list of grids, so that it can be read without
 * styles, printed, and stepped through; {@code drawing.css} and {@code drawing.js} are what lays it out and steps. Columns count from 1.
 */
final class Strokes {

    private final int columns;
    private final StringBuilder html = new StringBuilder();

    /** A column: its style, its name, and what it is. */
    record Heading(String style, String name, String words) {}

    Strokes(List<Heading> headings) {
        columns = headings.size();
        html.append("<ol class=\"drawing\" style=\"--columns:").append(columns).append("\">\n");
        html.append("<li class=\"names\" aria-hidden=\"true\">");
        for (Heading heading : headings) {
            html.append("<b class=\"")
                    .append(heading.style())
                    .append("\">")
                    .append(Html.text(heading.name()))
                    .append(" <small>")
                    .append(heading.words())
                    .append("</small></b>");
        }
        html.append("</li>\n");
    }

    String text() {
        return html + "</ol>\n";
    }

    /** Begins a row; only those with a number can be stepped to. */
    void begin(String kind, int number, IntPredicate isDead) {
        html.append("<li class=\"").append(kind).append('"');
        if (number > 0) {
            html.append(" data-number=\"").append(number).append("\" tabindex=\"-1\"");
        }
        html.append('>');
        for (int i = 1; i <= columns; i++) {
            html.append("<i class=\"line")
                    .append(isDead.test(i) ? " dead" : "")
                    .append("\" style=\"grid-column:")
                    .append(i)
                    .append('/')
                    .append(i + 1)
                    .append("\"></i>");
        }
    }

    void end() {
        html.append("</li>\n");
    }

    void band(String kind, String words) {
        html.append("<p class=\"")
                .append(kind)
                .append("\">")
                .append(Html.text(words))
                .append("</p>");
    }

    void arrow(int from, int to, String title, String detail) {
        html.append("<p class=\"arrow ")
                .append(from <= to ? "right" : "left")
                .append("\" style=\"grid-column:")
                .append(Math.min(from, to))
                .append('/')
                .append(Math.max(from, to) + 1)
                .append(";--span:")
                .append(Math.abs(to - from) + 1)
                .append("\"><span><b>")
                .append(Html.text(title))
                .append(detail.isEmpty() ? "" : " <small>" + Html.text(detail) + "</small>")
                .append("</b></span></p>");
    }

    /** A box in a column, or across all of them at column 0. */
    void box(int column, List<String> words, String marks) {
        html.append("<p class=\"box\" style=\"grid-column:")
                .append(column == 0 ? "1/-1" : column)
                .append("\">");
        for (String word : words) {
            html.append("<span>").append(Html.text(word)).append("</span>");
        }
        if (!marks.isEmpty()) {
            html.append("<em>").append(Html.text(marks)).append("</em>");
        }
        html.append("</p>");
    }

    /** What there is to know of a row: shown for the row that is stepped to, and for all of them where nobody steps. */
    void books(List<Note> notes) {
        html.append("<ul class=\"books\">");
        for (Note note : notes) {
            html.append("<li>").append(Html.text(note.words()));
            if (!note.state().isEmpty()) {
                html.append(note.undone() ? " <em class=\"undone\">" : " <em>")
                        .append(note.state())
                        .append("</em>");
            }
            html.append("</li>");
        }
        html.append("</ul>");
    }

    /** A line of the books: words, and what became of it. */
    record Note(String words, String state, boolean undone) {

        static Note of(String words) {
            return new Note(words, "", false);
        }
    }
}
