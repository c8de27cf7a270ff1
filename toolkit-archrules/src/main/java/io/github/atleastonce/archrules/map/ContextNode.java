package io.github.atleastonce.archrules.map;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one context has to do with others.
 *
 * @param publishes the wire names of the events it publishes
 * @param consumes the wire names of the events of others that it knows
 * @param calls its synchronous calls, by the context called
 * @param budgets how many events it may know, by publishing context
 */
record ContextNode(
        SortedSet<String> publishes,
        SortedSet<String> consumes,
        SortedMap<String, SortedSet<String>> calls,
        SortedMap<String, Integer> budgets) {

    static ContextNode empty() {
        return new ContextNode(new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** Two builds may both know a context; of two budgets the smaller one counts. */
    void add(ContextNode other) {
        publishes.addAll(other.publishes);
        consumes.addAll(other.consumes);
        other.calls.forEach(
                (to, names) -> calls.computeIfAbsent(to, key -> new TreeSet<>()).addAll(names));
        other.budgets.forEach((to, budget) -> budgets.merge(to, budget, Math::min));
    }
}
