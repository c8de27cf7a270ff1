package io.github.atleastonce.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Circles of classes: sets of which each uses every other, directly or by way of others. What is nested belongs to the class
 * around it. A circle can only be understood as a whole, so it has to stay a handful.
 */
public final class Circles {

    private final Map<String, Set<String>> uses = new TreeMap<>();
    private final Map<String, Integer> found = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final Set<String> onPath = new HashSet<>();
    private final List<Set<String>> circles = new ArrayList<>();

    private Circles() {}

    /** Returns the circles of more than a number of classes, by their simple names. */
    public static List<Set<String>> ofMoreThan(int classes, JavaClasses all) {
        Circles circles = new Circles();
        for (JavaClass type : all) {
            Set<String> used = circles.uses.computeIfAbsent(outermost(type), any -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (all.contain(target.getName())) {
                    used.add(outermost(target));
                }
            }
        }
        circles.uses.keySet().forEach(name -> {
            if (!circles.found.containsKey(name)) {
                circles.visit(name);
            }
        });
        return circles.circles.stream()
                .filter(circle -> circle.size() > classes)
                .toList();
    }

    private static String outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer.getName();
    }

    /** Tarjan's algorithm for strongly connected components (1972). */
    private void visit(String name) {
        int number = found.size();
        found.put(name, number);
        lowest.put(name, number);
        path.push(name);
        onPath.add(name);
        for (String used : uses.getOrDefault(name, Set.of())) {
            if (!found.containsKey(used)) {
                visit(used);
                lowest.merge(name, lowest.get(used), Math::min);
            } else if (onPath.contains(used)) {
                lowest.merge(name, found.get(used), Math::min);
            }
        }
        if (lowest.get(name).equals(found.get(name))) {
            Set<String> circle = new TreeSet<>();
            String member;
            do {
                member = path.pop();
                onPath.remove(member);
                circle.add(member.substring(member.lastIndexOf('.') + 1));
            } while (!member.equals(name));
            circles.add(circle);
        }
    }
}
