package io.github.atleastonce.examples.benchmarks;

import java.util.List;
import java.util.Locale;

/** Draws how schedules grow, as one SVG image with a panel for each transport; light or dark as its reader's system is. A pure function. */
final class GrowthChart {

    private static final int PANEL = 400;
    private static final int HEIGHT = 380;
    private static final int LEFT = 72;
    private static final int RIGHT = 70;
    private static final int TOP = 64;
    private static final int BOTTOM = 56;
    private static final int LINE = 14;
    private static final List<String> COLOURS = List.of("one", "two", "three");
    /** Powers of ten on the axis of schedules. */
    private static final int DECADES = 7;

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-labelledby="title">
            <title id="title">Schedules by messages and faults; the table below has the same figures</title>
            <style>
            text { font: 12px system-ui, sans-serif; fill: #1b1b1b; }
            .soft { fill: #595959; } .head { font-weight: 600; font-size: 13px; }
            .paper { fill: #ffffff; } .grid { stroke: #dcdcdc; } .bound { stroke: #595959; stroke-dasharray: 5 4; }
            path { fill: none; stroke-width: 2; }
            .one { stroke: #1b5e9b; } .two { stroke: #1e6b26; } .three { stroke: #b3261e; }
            circle { stroke-width: 2; } circle.one.all { fill: #1b5e9b; } circle.two.all { fill: #1e6b26; } circle.three.all { fill: #b3261e; }
            circle.part { fill: #ffffff; }
            @media (prefers-color-scheme: dark) {
              text { fill: #ececec; } .soft { fill: #b4b4b4; }
              .paper { fill: #161616; } .grid { stroke: #3d3d3d; } .bound { stroke: #b4b4b4; }
              .one { stroke: #7fc4f5; } .two { stroke: #8bd492; } .three { stroke: #ff9c93; }
              circle.one.all { fill: #7fc4f5; } circle.two.all { fill: #8bd492; } circle.three.all { fill: #ff9c93; }
              circle.part { fill: #161616; }
            }
            </style>
            <rect class="paper" width="100%%" height="100%%"/>
            """;

    private final StringBuilder svg = new StringBuilder();
    private final int maxRuns;

    /** Where the words beside the series below stand. */
    private int words;

    private GrowthChart(int maxRuns) {
        this.maxRuns = maxRuns;
    }

    /**
     * Draws panels side by side.
     *
     * @param panels what they show
     * @param maxRuns where the line of the default bound is
     */
    static String of(List<Growth> panels, int maxRuns) {
        GrowthChart chart = new GrowthChart(maxRuns);
        chart.svg.append(String.format(Locale.ROOT, HEAD, PANEL * panels.size(), HEIGHT));
        for (int i = 0; i < panels.size(); i++) {
            chart.panel(panels.get(i), PANEL * i);
        }
        return chart.svg.append("</svg>\n").toString();
    }

    private void panel(Growth growth, int x) {
        text(x + LEFT, 22, "head", "start", growth.title());
        text(x + LEFT, 40, "soft", "start", "schedules by messages; filled: all of them run");
        for (int decade = 0; decade <= DECADES; decade += 2) {
            line("grid", x, Math.pow(10, decade));
            text(x + LEFT - 8, y(Math.pow(10, decade)) + 4, "soft", "end", power(decade));
        }
        line("bound", x, maxRuns);
        text(x + LEFT + 4, y(maxRuns) - 5, "soft", "start", String.format(Locale.ROOT, "maxRuns = %,d", maxRuns));
        List<Integer> messages =
                growth.cells().stream().map(Growth.Cell::messages).distinct().toList();
        for (int i = 0; i < messages.size(); i++) {
            text(x + x(i, messages.size()), HEIGHT - BOTTOM + 20, "soft", "middle", messages.get(i) + " messages");
        }
        List<Integer> faults =
                growth.cells().stream().map(Growth.Cell::faults).distinct().toList();
        words = HEIGHT;
        for (int i = 0; i < faults.size(); i++) {
            int level = faults.get(i);
            series(
                    growth.cells().stream()
                            .filter(cell -> cell.faults() == level)
                            .toList(),
                    COLOURS.get(i),
                    x);
        }
    }

    private void series(List<Growth.Cell> cells, String colour, int x) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            path.append(i == 0 ? "M" : "L")
                    .append(x + x(i, cells.size()))
                    .append(' ')
                    .append(y(cells.get(i).runs()));
        }
        svg.append(String.format("<path class=\"%s\" d=\"%s\"/>%n", colour, path));
        for (int i = 0; i < cells.size(); i++) {
            Growth.Cell cell = cells.get(i);
            int at = x + x(i, cells.size());
            svg.append(String.format(
                    "<circle class=\"%s %s\" cx=\"%d\" cy=\"%d\" r=\"4\"/>%n",
                    colour, cell.isExhausted() ? "all" : "part", at, y(cell.runs())));
            if (i < cells.size() - 1) {
                text(at, y(cell.runs()) - 9, "", "middle", cell.time());
            } else {
                words = Math.min(words - LINE, y(cell.runs()) + 4);
                text(at + 8, words, "", "start", "≤ " + cell.faults() + ", " + cell.time());
            }
        }
    }

    private static int x(int index, int of) {
        return LEFT + 30 + (PANEL - LEFT - RIGHT - 30) * index / (of - 1);
    }

    private static int y(double schedules) {
        double share = Math.log10(schedules) / DECADES;
        return (int) Math.round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM));
    }

    private void line(String kind, int x, double schedules) {
        svg.append(String.format(
                "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>%n",
                kind, x + LEFT, x + PANEL - RIGHT + 8, y(schedules), y(schedules)));
    }

    private void text(int x, int y, String kind, String anchor, String words) {
        svg.append(String.format(
                "<text x=\"%d\" y=\"%d\" class=\"%s\" text-anchor=\"%s\">%s</text>%n", x, y, kind, anchor, words));
    }

    private static String power(int decade) {
        return switch (decade) {
            case 0 -> "1";
            case 2 -> "100";
            case 4 -> "10,000";
            default -> "1 million";
        };
    }
}
