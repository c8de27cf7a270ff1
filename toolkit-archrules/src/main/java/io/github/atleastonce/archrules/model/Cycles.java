package io.github.atleastonce.archrules.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Groups of contexts each of which reaches every other one. */
public final class Cycles {

    private Cycles() {}

    /**
     * Finds the groups.
     *
     * @param edges the targets by source
     * @return the groups of two or more, each sorted, in the order of their first member
     */
    public static List<Set<String>> in(Map<String, Set<String>> edges) {
        List<Set<String>> cycles = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        for (String start : new TreeSet<>(edges.keySet())) {
            if (!placed.contains(start)) {
                Set<String> cycle = new TreeSet<>();
                for (String other : reachable(start, edges)) {
                    if (reachable(other, edges).contains(start)) {
                        cycle.add(other);
                    }
                }
                if (cycle.size() > 1) {
                    cycles.add(cycle);
                    placed.addAll(cycle);
                }
            }
        }
        return cycles;
    }

    private static Set<String> reachable(String start, Map<String, Set<String>> edges) {
        Set<String> reached = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            for (String next : edges.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }
}
