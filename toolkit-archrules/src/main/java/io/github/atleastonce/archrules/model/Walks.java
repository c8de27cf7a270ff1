package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bounded walks along the calls: what can happen from a method on, and from where a method can be reached. Not thread-safe. */
public final class Walks {

    /** Deeper than this no path is followed; longer ones would not convince a reader either. */
    static final int MAX_DEPTH = 12;

    private static final int MAX_METHODS_TO_EFFECTS = 20_000;

    private static final int MAX_METHODS = 2_000;

    /** What only asks is looked for where it matters; to walk to each of it would reach half of the project. */
    private static final Set<Role> ONLY_ASKING = Set.of(Role.FIND, Role.LOOK_UP, Role.FRESH_ID);

    private final CallGraph graph;
    private final Set<JavaCodeUnit> listeners = new HashSet<>();
    private final Map<JavaCodeUnit, Reach> reaches = new RecentReaches();
    private @Nullable Set<JavaCodeUnit> leadingToEffects;

    Walks(CallGraph graph, Collection<Consumption> consumptions) {
        this.graph = graph;
        consumptions.forEach(consumption -> listeners.add(consumption.method()));
    }

    /**
     * Returns what can happen when a method is called.
     *
     * <p>The walk leaves out whatever leads to no effect, which changes nothing in what it finds, since a method that is left
     * out lies on no way to an effect.
     *
     * @param method a method of the project
     * @return the bounded walk
     */
    public Reach from(JavaCodeUnit method) {
        Reach known = reaches.get(method);
        if (known == null) {
            Map<JavaCodeUnit, JavaCodeUnit> parents = walk(graph, method, MAX_METHODS_TO_EFFECTS, leadingToEffects());
            List<Effect> found = new ArrayList<>();
            parents.keySet().forEach(reached -> found.addAll(graph.effectsIn(reached)));
            known = new Reach(method, parents, found);
            reaches.put(method, known);
        }
        return known;
    }

    /**
     * Returns the methods that can run when a method is called, whether or not they do anything of note.
     *
     * @param method a method of the project
     * @return the methods, itself included, nearest first
     */
    public Set<JavaCodeUnit> methodsFrom(JavaCodeUnit method) {
        return methodsFrom(graph, method);
    }

    static Set<JavaCodeUnit> methodsFrom(CallGraph graph, JavaCodeUnit method) {
        return walk(graph, method, MAX_METHODS, null).keySet();
    }

    /**
     * Returns the methods from which an effect of one of the roles can be reached.
     *
     * @param roles the roles
     * @return the methods, unbounded
     */
    public Set<JavaCodeUnit> reaching(Role... roles) {
        Set<Role> wanted = Set.of(roles);
        List<JavaCodeUnit> ends = new ArrayList<>();
        for (JavaCodeUnit method : graph.methodsWithEffects()) {
            if (graph.effectsIn(method).stream().anyMatch(effect -> wanted.contains(effect.role()))) {
                ends.add(method);
            }
        }
        return reaching(ends);
    }

    /**
     * Returns the outermost callers of a method: listeners, other entry points, and methods that nothing calls.
     *
     * @param method a method
     * @return the entry points, sorted by name; the method itself if nothing calls it
     */
    public List<JavaCodeUnit> entryPointsOf(JavaCodeUnit method) {
        return reaching(List.of(method)).stream()
                .filter(caller -> listeners.contains(caller) || !graph.isCalled(caller))
                .sorted(Comparator.comparing((JavaCodeUnit caller) -> !listeners.contains(caller))
                        .thenComparing(Members.ORDER))
                .toList();
    }

    /** All methods from which one of the given ones can be reached, themselves included. */
    private Set<JavaCodeUnit> reaching(Iterable<JavaCodeUnit> ends) {
        Set<JavaCodeUnit> reached = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        ends.forEach(open::push);
        while (!open.isEmpty()) {
            JavaCodeUnit method = open.pop();
            if (reached.add(method)) {
                graph.callersInNoOrder(method).forEach(open::push);
            }
        }
        return reached;
    }

    private static Map<JavaCodeUnit, JavaCodeUnit> walk(
            CallGraph graph, JavaCodeUnit start, int bound, @Nullable Set<JavaCodeUnit> within) {
        Map<JavaCodeUnit, JavaCodeUnit> parents = new LinkedHashMap<>();
        parents.put(start, start);
        List<JavaCodeUnit> level = List.of(start);
        for (int depth = 0; depth < MAX_DEPTH && !level.isEmpty() && parents.size() < bound; depth++) {
            List<JavaCodeUnit> next = new ArrayList<>();
            for (JavaCodeUnit method : level) {
                for (JavaCodeUnit target : graph.callsFrom(method)) {
                    if ((within == null || within.contains(target)) && parents.putIfAbsent(target, method) == null) {
                        next.add(target);
                    }
                }
            }
            level = next;
        }
        return parents;
    }

    private Set<JavaCodeUnit> leadingToEffects() {
        if (leadingToEffects == null) {
            List<JavaCodeUnit> ends = new ArrayList<>();
            for (JavaCodeUnit method : graph.methodsWithEffects()) {
                if (graph.effectsIn(method).stream().anyMatch(effect -> !ONLY_ASKING.contains(effect.role()))) {
                    ends.add(method);
                }
            }
            leadingToEffects = reaching(ends);
        }
        return leadingToEffects;
    }
}
