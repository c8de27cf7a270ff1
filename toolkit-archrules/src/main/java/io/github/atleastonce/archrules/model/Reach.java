package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can happen when a method is called: a walk through the project's own code, along the ways that lead to effects. */
public final class Reach {

    private final JavaCodeUnit start;
    private final Map<JavaCodeUnit, JavaCodeUnit> parents;
    private final List<Effect> effects;

    Reach(JavaCodeUnit start, Map<JavaCodeUnit, JavaCodeUnit> parents, List<Effect> effects) {
        this.start = start;
        this.parents = parents;
        this.effects = List.copyOf(effects);
    }

    /**
     * Returns the methods on the ways to effects.
     *
     * @return the methods, the start included, nearest first
     */
    public Set<JavaCodeUnit> methods() {
        return Collections.unmodifiableSet(parents.keySet());
    }

    /**
     * Returns the effects of the given roles.
     *
     * @param roles the roles wanted
     * @return the effects, nearest first
     */
    public List<Effect> effects(Role... roles) {
        Set<Role> wanted = Set.of(roles);
        return effects.stream().filter(effect -> wanted.contains(effect.role())).toList();
    }

    /**
     * Tells whether an effect of one of the given roles can happen.
     *
     * @param roles the roles wanted
     * @return whether it can
     */
    public boolean has(Role... roles) {
        return !effects(roles).isEmpty();
    }

    /**
     * Returns the shortest way from the start to a method.
     *
     * @param end a method of {@link #methods()}
     * @return the methods on the way, both ends included
     */
    public List<JavaCodeUnit> pathTo(JavaCodeUnit end) {
        Deque<JavaCodeUnit> path = new ArrayDeque<>();
        JavaCodeUnit method = end;
        while (!method.equals(start)) {
            path.addFirst(method);
            method = parents.getOrDefault(method, start);
        }
        path.addFirst(start);
        return List.copyOf(path);
    }

    /**
     * Writes the shortest way from the start to a method.
     *
     * @param end a method of {@link #methods()}
     * @return the way, for people
     */
    public String describePathTo(JavaCodeUnit end) {
        return pathTo(end).stream().map(Source::name).collect(Collectors.joining(" → "));
    }
}
