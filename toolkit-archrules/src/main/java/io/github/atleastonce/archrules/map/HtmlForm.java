package io.github.atleastonce.archrules.map;

import io.github.atleastonce.archrules.model.Pair;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes a map as one HTML page: the matrix, the synchronous calls, the cycles. */
final class HtmlForm {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Coupling map</title>
            <style>
            :root {
              color-scheme: light dark;
              --paper: #ffffff; --ink: #1b1b1b; --soft: #595959; --line: #c4c4c4; --faint: #f1f1f1;
              --over: #b3261e; --within: #1e6b26;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --paper: #161616; --ink: #ececec; --soft: #b4b4b4; --line: #4d4d4d; --faint: #262626;
                --over: #ff9c93; --within: #8bd492;
              }
            }
            body {
              font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
              background: var(--paper); color: var(--ink);
            }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; }
            th, td { border: 1px solid var(--line); padding: .5rem .7rem; text-align: left; vertical-align: top; }
            thead th, tbody th { background: var(--faint); }
            td.self { background: repeating-linear-gradient(45deg, transparent 0 6px, var(--line) 6px 7px); }
            td.over { outline: 2px solid var(--over); outline-offset: -2px; }
            td ul { list-style: none; margin: 0; padding: 0; }
            .count { font-size: .85rem; font-weight: 600; color: var(--within); }
            .over .count, .cycle { color: var(--over); }
            .axis { font-weight: 400; color: var(--soft); font-size: .85rem; }
            code { font-size: .9em; }
            </style>
            </head>
            <body>
            <h1>Coupling map</h1>
            <p>A row knows the events in its cells; a column publishes them.</p>
            """;

    private final CouplingMap map;
    private final StringBuilder html = new StringBuilder(HEAD);

    HtmlForm(CouplingMap map) {
        this.map = map;
    }

    String text() {
        matrix();
        calls();
        cycles();
        return html.append("</body>\n</html>\n").toString();
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
                "<div class=\"scroll\"><table>\n<thead><tr><th><span class=\"axis\">consumer ↓ publisher →</span></th>");
        publishers.forEach(
                name -> html.append("<th scope=\"col\">").append(escape(name)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (String consumer : map.contexts().keySet()) {
            html.append("<tr><th scope=\"row\">").append(escape(consumer)).append("</th>");
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
            events.forEach(event -> html.append("<li>").append(escape(event)).append("</li>"));
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
                        .append(escape(pair.toString()))
                        .append(": <code>")
                        .append(escape(String.join(", ", names)))
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
                .append(escape(String.join(" ↔ ", cycle)))
                .append("</li>\n"));
        html.append("</ul>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
