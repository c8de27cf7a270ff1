package io.github.atleastonce.archrules.map;

import io.github.atleastonce.archrules.model.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes a map as a Mermaid flow chart. */
final class MermaidForm {

    private static final String RED = "stroke:#c62828,stroke-width:3px";

    private final CouplingMap map;
    private final Map<String, String> ids = new LinkedHashMap<>();

    MermaidForm(CouplingMap map) {
        this.map = map;
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of("flowchart LR"));
        Set<String> names = new TreeSet<>(map.contexts().keySet());
        map.cells().keySet().forEach(pair -> names.add(pair.to()));
        map.calls().keySet().forEach(pair -> names.add(pair.to()));
        for (String name : names) {
            ids.put(name, "c" + ids.size());
            lines.add("    " + id(name) + "[\"" + escape(name) + "\"]");
        }
        int link = 0;
        List<String> links = new ArrayList<>();
        for (Map.Entry<Pair, SortedSet<String>> cell : map.cells().entrySet()) {
            Pair pair = cell.getKey();
            lines.add("    " + id(pair.to()) + " -->|\""
                    + escape(String.join("<br>", cell.getValue()) + "<br>(" + map.count(pair, cell.getValue()) + ")")
                    + "\"| " + id(pair.from()));
            if (map.isOverBudget(pair, cell.getValue())) {
                links.add("    linkStyle " + link + " " + RED);
            }
            link++;
        }
        map.calls()
                .forEach((pair, calls) -> lines.add("    " + id(pair.from()) + " -.->|\""
                        + escape(String.join("<br>", calls)) + "\"| " + id(pair.to())));
        map.cycles().forEach(cycle -> cycle.forEach(name -> lines.add("    style " + id(name) + " " + RED)));
        lines.addAll(links);
        return String.join("\n", lines) + "\n";
    }

    private String id(String name) {
        return ids.getOrDefault(name, "unknown");
    }

    private static String escape(String text) {
        return text.replace("\"", "#quot;");
    }
}
