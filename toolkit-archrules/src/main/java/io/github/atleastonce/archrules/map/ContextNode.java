package io.github.atleastonce.archrules.map;

import io.github.atleastonce.archrules.model.Coverage;
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
 * @param coverage what of its code was understood: counts by what is counted
 * @param notUnderstood its classes that have to do with messages and were not understood
 */
record ContextNode(
        SortedSet<String> publishes,
        SortedSet<String> consumes,
        SortedMap<String, SortedSet<String>> calls,
        SortedMap<String, Integer> budgets,
        SortedMap<String, Integer> coverage,
        SortedSet<String> notUnderstood) {

    static ContextNode empty() {
        return new ContextNode(
                new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    }

    void cover(Coverage what) {
        coverage.put("classes", what.classes());
        coverage.put("listeners", what.listeners());
        coverage.put("senders", what.senders());
        coverage.put("writes", what.writes());
        coverage.put("transactions", what.transactions());
        notUnderstood.addAll(what.notUnderstood().keySet());
    }

    /** Two builds may both know a context; of two budgets the smaller one counts, of two coverages the larger. */
    void add(ContextNode other) {
        publishes.addAll(other.publishes);
        consumes.addAll(other.consumes);
        other.calls.forEach(
                (to, names) -> calls.computeIfAbsent(to, key -> new TreeSet<>()).addAll(names));
        other.budgets.forEach((to, budget) -> budgets.merge(to, budget, Math::min));
        other.coverage.forEach((what, count) -> coverage.merge(what, count, Math::max));
        notUnderstood.addAll(other.notUnderstood);
    }
}
