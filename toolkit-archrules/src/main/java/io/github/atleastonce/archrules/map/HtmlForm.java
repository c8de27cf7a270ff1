package io.github.atleastonce.archrules.map;

import io.github.atleastonce.archrules.model.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes a map as one HTML page: the drawing, the matrix, the synchronous calls, the cycles. */
final class HtmlForm {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Coupling map</title>
            <style>
            %s
            %s
            table { border-collapse: collapse; }
            th, td { border: 1px solid var(--line); padding: .5rem .7rem; text-align: left; vertical-align: top; }
            thead th, tbody th { background: var(--box); }
            td.self { background: repeating-linear-gradient(45deg, transparent 0 6px, var(--line) 6px 7px); }
            td.over { outline: 2px solid var(--fault); outline-offset: -2px; }
            td ul { list-style: none; margin: 0; padding: 0; }
            .count { font-size: .85rem; font-weight: 600; color: var(--service); }
            .over .count, .cycle { color: var(--fault); }
            .axis { font-weight: 400; color: var(--dim); font-size: .85rem; }
            </style>
            </head>
            <body>
            <h1>Coupling map</h1>
            <p class="headline">Who knows events of whom, and who calls whom.</p>
            """;

    private static final String FOOT = """
            <noscript><p>Without scripts the drawing is shown as a whole, each arrow with all that it stands for.</p></noscript>
            <script>
            %s
            </script>
            </body>
            </html>
            """;

    private final CouplingMap map;
    private final StringBuilder html = new StringBuilder();

    HtmlForm(CouplingMap map) {
        this.map = map;
    }

    String text() {
        html.append(String.format(HEAD, read("page.css"), read("drawing.css")));
        drawing();
        matrix();
        calls();
        cycles();
        return html.append(String.format(FOOT, read("drawing.js"))).toString();
    }

    private void drawing() {
        if (map.cells().isEmpty() && map.calls().isEmpty()) {
            return;
        }
        html.append(
                        "<p>An arrow carries the events that a context knows of another; a dashed one is a call. Red is over its budget.</p>\n")
                .append("<div class=\"scroll\">\n")
                .append(drawn())
                .append(
                        "</div>\n<div id=\"books\" data-title=\"Arrow\" data-empty=\"\" aria-live=\"polite\" hidden></div>\n")
                .append(
                        "<p class=\"hint\" id=\"hint\" hidden><kbd>↓</kbd> <kbd>↑</kbd> go from arrow to arrow, with all that it stands for;"
                                + " <kbd>Esc</kbd> shows all of them.</p>\n");
    }

    private String drawn() {
        Set<String> names = new TreeSet<>(map.contexts().keySet());
        map.cells().keySet().forEach(pair -> names.add(pair.to()));
        map.calls().keySet().forEach(pair -> names.add(pair.to()));
        MapDrawing drawing = new MapDrawing(List.copyOf(names));
        map.cells()
                .forEach((pair, events) -> drawing.arrow(
                        map.isOverBudget(pair, events) ? "fault" : "act",
                        pair.to(),
                        pair.from(),
                        events,
                        map.count(pair, events)));
        map.calls().forEach((pair, calls) -> drawing.arrow("act dashed", pair.from(), pair.to(), calls, "called"));
        map.cycles().forEach(cycle -> drawing.band(String.join(" ↔ ", cycle) + " know each other in a circle"));
        return drawing.text();
    }

    /** What the build has copied from where failures are drawn. */
    private static String read(String name) {
        try (InputStream file = HtmlForm.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void matrix() {
        SortedMap<Pair, SortedSet<String>> cells = map.cells();
        Set<String> publishers = new TreeSet<>();
        cells.keySet().forEach(pair -> publishers.add(pair.to()));
        if (cells.isEmpty()) {
            html.append("<p>No context knows an event of another.</p>\n");
            return;
        }
        html.append(
                "<h2>The same as a matrix</h2>\n<p>A row knows the events in its cells; a column publishes them.</p>\n");
        html.append(
                "<div class=\"scroll\"><table>\n<thead><tr><th><span class=\"axis\">consumer ↓ publisher →</span></th>");
        publishers.forEach(name -> html.append("<th scope=\"col\">")
                .append(MapDrawing.escape(name))
                .append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (String consumer : map.contexts().keySet()) {
            html.append("<tr><th scope=\"row\">")
                    .append(MapDrawing.escape(consumer))
                    .append("</th>");
            for (String publisher : publishers) {
                cell(new Pair(consumer, publisher), cells.get(new Pair(consumer, publisher)));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
    }

    private void cell(Pair pair, @org.jspecify.annotations.Nullable SortedSet<String> events) {
        if (pair.from().equals(pair.to())) {
            html.append("<td class=\"self\"></td>");
        } else if (events == null) {
            html.append("<td></td>");
        } else {
            html.append(map.isOverBudget(pair, events) ? "<td class=\"over\">" : "<td>")
                    .append("<span class=\"count\">")
                    .append(map.count(pair, events))
                    .append("</span><ul>");
            events.forEach(event -> html.append(MapDrawing.item(event)));
            html.append("</ul></td>");
        }
    }

    private void calls() {
        html.append("<h2>Synchronous calls</h2>\n");
        if (map.calls().isEmpty()) {
            html.append("<p>None.</p>\n");
            return;
        }
        html.append("<ul>\n");
        map.calls()
                .forEach((pair, names) -> html.append("<li>")
                        .append(MapDrawing.escape(pair.toString()))
                        .append(": <code>")
                        .append(MapDrawing.escape(String.join(", ", names)))
                        .append("</code></li>\n"));
        html.append("</ul>\n");
    }

    private void cycles() {
        List<Set<String>> cycles = map.cycles();
        html.append("<h2>Cycles</h2>\n");
        if (cycles.isEmpty()) {
            html.append("<p>None.</p>\n");
            return;
        }
        html.append("<ul>\n");
        cycles.forEach(cycle -> html.append("<li class=\"cycle\">")
                .append(MapDrawing.escape(String.join(" ↔ ", cycle)))
                .append("</li>\n"));
        html.append("</ul>\n");
    }
}
