package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who calls whom inside the project, and which calls have an effect. Built in one pass over all accesses. */
final class CallGraph {

    /** Deeper than this no path is followed; longer ones would not convince a reader either. */
    static final int MAX_DEPTH = 12;

    /** A call with more possible targets is a dispatcher, of which nothing certain is known. */
    static final int MAX_IMPLEMENTATIONS = 4;

    private static final int MAX_METHODS = 2_000;

    private static final Set<Role> CALL_ROLES = Set.of(
            Role.SEND,
            Role.SAFE_SEND,
            Role.LOCAL_SEND,
            Role.FAILURE_ROUTE,
            Role.WRITE,
            Role.OUTBOX,
            Role.INBOX,
            Role.REMOTE,
            Role.TRANSACTION,
            Role.BLOCK,
            Role.POLL,
            Role.REGISTER,
            Role.NONDETERMINISTIC,
            Role.IO,
            Role.SAGA_STEP,
            Role.SAGA_ACTION,
            Role.SAGA_COMPENSATION);

    private final Types types;
    private final Set<JavaCodeUnit> sorted = new HashSet<>();
    private final Set<JavaClass> project = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<JavaClass, List<Fact>> callFacts = new IdentityHashMap<>();
    private final Map<JavaClass, Map<String, List<Fact>>> memberFacts = new IdentityHashMap<>();
    private final Map<JavaClass, JavaClass> usersOfLibraries = new IdentityHashMap<>();
    private final Map<JavaClass, Set<JavaClass>> uses = new IdentityHashMap<>();
    private final Map<JavaCodeUnit, List<Effect>> effects = new LinkedHashMap<>();
    private final Map<JavaCodeUnit, List<JavaCodeUnit>> calls = new HashMap<>();
    private final Map<JavaCodeUnit, List<JavaCodeUnit>> callers = new HashMap<>();
    private final Map<JavaClass, Map<JavaCodeUnit, List<JavaCodeUnit>>> targets = new IdentityHashMap<>();

    CallGraph(JavaClasses classes, Types types) {
        this.types = types;
        classes.forEach(project::add);
        for (JavaClass type : classes) {
            Set<JavaClass> used = Collections.newSetFromMap(new IdentityHashMap<>());
            for (JavaCodeUnit method : type.getCodeUnits()) {
                read(type, method, used);
            }
            References.declaredBy(type, other -> use(type, other, used));
            if (!used.isEmpty()) {
                uses.put(type, used);
            }
        }
        effects.values()
                .forEach(found -> found.sort(Comparator.comparingInt(Effect::line)
                        .thenComparing(Effect::owner)
                        .thenComparing(Effect::member)
                        .thenComparing(Effect::role)));
    }

    /** ArchUnit's sets are read one by one: to join them would copy them for each method. */
    private void read(JavaClass type, JavaCodeUnit method, Set<JavaClass> used) {
        method.getMethodCallsFromSelf().forEach(access -> read(type, method, access, used));
        method.getConstructorCallsFromSelf().forEach(access -> read(type, method, access, used));
        method.getMethodReferencesFromSelf().forEach(access -> read(type, method, access, used));
        method.getConstructorReferencesFromSelf().forEach(access -> read(type, method, access, used));
        method.getFieldAccesses().forEach(access -> use(type, access.getTargetOwner(), used));
    }

    private void read(JavaClass type, JavaCodeUnit method, JavaAccess<?> access, Set<JavaClass> used) {
        JavaClass owner = access.getTargetOwner();
        use(type, owner, used);
        if (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target) {
            for (Fact fact : memberFacts(owner, target.getName())) {
                effects.computeIfAbsent(method, key -> new ArrayList<>())
                        .add(new Effect(fact, method, owner.getName(), target.getName(), access.getLineNumber()));
            }
            use(type, target.getRawReturnType(), used);
            if (project.contains(owner)) {
                for (JavaCodeUnit callee : targets(target)) {
                    add(method, callee);
                }
            }
        }
    }

    private void use(JavaClass type, JavaClass other, Set<JavaClass> used) {
        JavaClass element = other.isArray() ? References.element(other) : other;
        if (project.contains(element)) {
            if (element != type) {
                used.add(element);
            }
        } else {
            usersOfLibraries.putIfAbsent(element, type);
        }
    }

    /** The project's other classes that a class names. */
    Set<JavaClass> usesOf(JavaClass type) {
        return uses.getOrDefault(type, Set.of());
    }

    /** The types outside of the project that it names, each with one class that does. */
    Map<JavaClass, JavaClass> usersOfLibraries() {
        return usersOfLibraries;
    }

    private List<Fact> memberFacts(JavaClass owner, String member) {
        List<Fact> facts = callFacts(owner);
        return facts.isEmpty()
                ? facts
                : memberFacts
                        .computeIfAbsent(owner, key -> new HashMap<>())
                        .computeIfAbsent(
                                member,
                                key -> facts.stream()
                                        .filter(fact -> fact.covers(member))
                                        .toList());
    }

    private void add(JavaCodeUnit caller, JavaCodeUnit callee) {
        List<JavaCodeUnit> known = calls.computeIfAbsent(caller, key -> new ArrayList<>(4));
        if (!known.contains(callee)) {
            known.add(callee);
            callers.computeIfAbsent(callee, key -> new ArrayList<>(4)).add(caller);
        }
    }

    void add(JavaCodeUnit method, Effect effect) {
        effects.computeIfAbsent(method, key -> new ArrayList<>()).add(effect);
    }

    private List<Fact> callFacts(JavaClass owner) {
        return callFacts.computeIfAbsent(owner, key -> {
            List<Fact> facts = new ArrayList<>(types.factsOf(key));
            if (project.contains(key)) {
                facts.addAll(types.ofAnyType());
            }
            return facts.stream()
                    .filter(fact -> CALL_ROLES.contains(fact.role()))
                    .toList();
        });
    }

    private List<JavaCodeUnit> targets(AccessTarget.CodeUnitAccessTarget target) {
        Optional<? extends JavaCodeUnit> member = target.resolveMember();
        return member.isEmpty()
                ? List.of()
                : targets.computeIfAbsent(target.getOwner(), key -> new IdentityHashMap<>())
                        .computeIfAbsent(member.get(), key -> targets(target.getOwner(), key));
    }

    private List<JavaCodeUnit> targets(JavaClass owner, JavaCodeUnit member) {
        List<JavaCodeUnit> found = new ArrayList<>(1);
        if (project.contains(member.getOwner())) {
            found.add(member);
        }
        if (owner.getSubclasses().isEmpty()) {
            return found;
        }
        List<String> parameters = parametersOf(member);
        List<JavaCodeUnit> overriding = new ArrayList<>();
        for (JavaClass subclass : owner.getAllSubclasses()) {
            if (project.contains(subclass)) {
                subclass.getMethods().stream()
                        .filter(method -> method.getName().equals(member.getName())
                                && parametersOf(method).equals(parameters))
                        .forEach(overriding::add);
            }
        }
        if (overriding.size() <= MAX_IMPLEMENTATIONS) {
            found.addAll(overriding);
        }
        return found;
    }

    private static List<String> parametersOf(JavaCodeUnit method) {
        return method.getRawParameterTypes().stream().map(JavaClass::getName).toList();
    }

    boolean isProject(JavaClass type) {
        return project.contains(type);
    }

    List<Effect> effectsIn(JavaCodeUnit method) {
        return effects.getOrDefault(method, List.of());
    }

    Set<JavaCodeUnit> methodsWithEffects() {
        return effects.keySet();
    }

    /** Sorted when first asked for: ArchUnit keeps no order, and a walk must take the same way in each build. */
    List<JavaCodeUnit> callsFrom(JavaCodeUnit method) {
        List<JavaCodeUnit> found = calls.get(method);
        if (found == null) {
            return List.of();
        }
        if (found.size() > 1 && sorted.add(method)) {
            found.sort(Comparator.comparing(JavaCodeUnit::getFullName));
        }
        return found;
    }

    List<JavaCodeUnit> callersOf(JavaCodeUnit method) {
        return callers.getOrDefault(method, List.of());
    }

    /** All methods from which one of the given ones can be reached, themselves included. */
    Set<JavaCodeUnit> reaching(Iterable<JavaCodeUnit> ends) {
        Set<JavaCodeUnit> reached = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        ends.forEach(open::push);
        while (!open.isEmpty()) {
            JavaCodeUnit method = open.pop();
            if (reached.add(method)) {
                callersOf(method).forEach(open::push);
            }
        }
        return reached;
    }

    Reach reachFrom(JavaCodeUnit start) {
        Map<JavaCodeUnit, JavaCodeUnit> parents = new LinkedHashMap<>();
        Map<JavaCodeUnit, Integer> depths = new HashMap<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        parents.put(start, start);
        depths.put(start, 0);
        open.add(start);
        while (!open.isEmpty() && parents.size() < MAX_METHODS) {
            JavaCodeUnit method = open.poll();
            int depth = depths.getOrDefault(method, 0);
            if (depth < MAX_DEPTH) {
                for (JavaCodeUnit target : callsFrom(method)) {
                    if (parents.putIfAbsent(target, method) == null) {
                        depths.put(target, depth + 1);
                        open.add(target);
                    }
                }
            }
        }
        List<Effect> found = new ArrayList<>();
        parents.keySet().forEach(method -> found.addAll(effectsIn(method)));
        return new Reach(start, parents, found);
    }

    static boolean isAbstract(JavaCodeUnit method) {
        return method.getModifiers().contains(JavaModifier.ABSTRACT);
    }
}
