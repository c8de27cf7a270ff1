package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls whom inside the project, and which calls have an effect. Built in one pass over all accesses. */
final class CallGraph {

    /** Deeper than this no path is followed; longer ones would not convince a reader either. */
    static final int MAX_DEPTH = 12;

    private static final int MAX_METHODS_TO_EFFECTS = 20_000;

    private static final int MAX_METHODS = 2_000;

    private static final Set<Role> CALL_ROLES = Set.of(
            Role.SEND,
            Role.SAFE_SEND,
            Role.LOCAL_SEND,
            Role.FAILURE_ROUTE,
            Role.WRITE,
            Role.FIND,
            Role.OUTBOX,
            Role.INBOX,
            Role.REMOTE,
            Role.TRANSACTION,
            Role.BLOCK,
            Role.POLL,
            Role.REGISTER,
            Role.NONDETERMINISTIC,
            Role.IO,
            Role.SCHEMA,
            Role.SAGA_STEP,
            Role.SAGA_ACTION,
            Role.SAGA_COMPENSATION);

    private final Types types;
    private final Set<List<JavaCodeUnit>> sorted = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<JavaClass> project = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<JavaClass, List<Fact>> factsByOwner = new IdentityHashMap<>();
    private final Map<String, Map<String, List<Fact>>> factsByMember = new HashMap<>();
    private final Map<String, List<Fact>> factsOfAnyType = new HashMap<>();
    private final Map<JavaClass, JavaClass> usersOfLibraries = new IdentityHashMap<>();
    private final Map<JavaClass, Set<JavaClass>> uses = new IdentityHashMap<>();
    private final Map<JavaCodeUnit, List<Effect>> effects = new LinkedHashMap<>();
    private final Map<JavaCodeUnit, List<JavaCodeUnit>> calls = new HashMap<>();
    private final Map<JavaCodeUnit, List<JavaCodeUnit>> callers = new HashMap<>();
    private @Nullable Set<JavaCodeUnit> leadingToEffects;
    private final CallTargets targets = new CallTargets(project);

    CallGraph(Iterable<JavaClass> classes, Types types) {
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
        Map<JavaCodeUnit, List<Effect>> unsorted = new HashMap<>(effects);
        effects.clear();
        for (JavaCodeUnit method : Members.sorted(unsorted.keySet())) {
            List<Effect> found = unsorted.getOrDefault(method, List.of());
            found.sort(Comparator.comparingInt(Effect::line)
                    .thenComparing(Effect::owner)
                    .thenComparing(Effect::member)
                    .thenComparing(Effect::role)
                    .thenComparing(effect -> effect.fact().toString()));
            effects.put(method, found);
        }
    }

    /** ArchUnit's sets are read one by one: to join them would copy them for each method. */
    private void read(JavaClass type, JavaCodeUnit method, Set<JavaClass> used) {
        List<JavaCodeUnit> callees = new ArrayList<>(4);
        for (JavaAccess<?> access : method.getMethodCallsFromSelf()) {
            read(type, method, access, used, callees);
        }
        for (JavaAccess<?> access : method.getConstructorCallsFromSelf()) {
            read(type, method, access, used, callees);
        }
        for (JavaAccess<?> access : method.getMethodReferencesFromSelf()) {
            read(type, method, access, used, callees);
        }
        for (JavaAccess<?> access : method.getConstructorReferencesFromSelf()) {
            read(type, method, access, used, callees);
        }
        for (JavaAccess<?> access : method.getFieldAccesses()) {
            use(type, access.getTargetOwner(), used);
        }
        if (!callees.isEmpty()) {
            calls.put(method, callees);
        }
    }

    private void read(
            JavaClass type,
            JavaCodeUnit method,
            JavaAccess<?> access,
            Set<JavaClass> used,
            List<JavaCodeUnit> callees) {
        JavaClass owner = access.getTargetOwner();
        use(type, owner, used);
        if (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target) {
            boolean own = project.contains(owner);
            readFacts(factsOf(owner, target.getName()), method, target, access.getLineNumber());
            use(type, target.getRawReturnType(), used);
            if (own) {
                readFacts(factsOfAnyType(target.getName()), method, target, access.getLineNumber());
                for (JavaCodeUnit callee : targets.of(target)) {
                    if (!callees.contains(callee)) {
                        callees.add(callee);
                        callers.computeIfAbsent(callee, key -> new ArrayList<>(4))
                                .add(method);
                    }
                }
            }
        }
    }

    private void readFacts(List<Fact> facts, JavaCodeUnit method, AccessTarget.CodeUnitAccessTarget target, int line) {
        for (Fact fact : facts) {
            add(method, new Effect(fact, method, target.getOwner().getName(), target.getName(), line));
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

    void add(JavaCodeUnit method, Effect effect) {
        effects.computeIfAbsent(method, key -> new ArrayList<>()).add(effect);
    }

    private List<Fact> factsOf(JavaClass owner) {
        List<Fact> facts = factsByOwner.get(owner);
        if (facts == null) {
            facts = ofCalls(types.factsOf(owner));
            factsByOwner.put(owner, facts);
        }
        return facts;
    }

    private List<Fact> factsOf(JavaClass owner, String member) {
        List<Fact> facts = factsOf(owner);
        return facts.isEmpty()
                ? facts
                : factsByMember
                        .computeIfAbsent(owner.getName(), key -> new HashMap<>())
                        .computeIfAbsent(member, key -> covering(facts, key));
    }

    /** What is known of members by their names alone, as they are called in the project's own types. */
    private List<Fact> factsOfAnyType(String member) {
        List<Fact> facts = factsOfAnyType.get(member);
        if (facts == null) {
            facts = covering(ofCalls(types.ofAnyType()), member);
            factsOfAnyType.put(member, facts);
        }
        return facts;
    }

    private static List<Fact> covering(List<Fact> facts, String member) {
        return facts.stream().filter(fact -> fact.covers(member)).toList();
    }

    private static List<Fact> ofCalls(List<Fact> facts) {
        return facts.isEmpty()
                ? facts
                : facts.stream()
                        .filter(fact -> CALL_ROLES.contains(fact.role()))
                        .toList();
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

    List<JavaCodeUnit> callsFrom(JavaCodeUnit method) {
        return inOrder(calls.getOrDefault(method, List.of()));
    }

    List<JavaCodeUnit> callersOf(JavaCodeUnit method) {
        return inOrder(callers.getOrDefault(method, List.of()));
    }

    boolean isCalled(JavaCodeUnit method) {
        return callers.containsKey(method);
    }

    /** Sorted when first asked for: ArchUnit keeps no order, and a walk must take the same way in each build. */
    private List<JavaCodeUnit> inOrder(List<JavaCodeUnit> methods) {
        if (methods.size() > 1 && sorted.add(methods)) {
            methods.sort(Members.ORDER);
        }
        return methods;
    }

    /** All methods from which one of the given ones can be reached, themselves included. */
    Set<JavaCodeUnit> reaching(Iterable<JavaCodeUnit> ends) {
        Set<JavaCodeUnit> reached = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        ends.forEach(open::push);
        while (!open.isEmpty()) {
            JavaCodeUnit method = open.pop();
            if (reached.add(method)) {
                callers.getOrDefault(method, List.of()).forEach(open::push);
            }
        }
        return reached;
    }

    /**
     * What a method can do: the walk leaves out whatever leads to no effect, which changes nothing in what it finds, since a
     * method that is left out lies on no way to an effect.
     */
    Reach reachFrom(JavaCodeUnit start) {
        Map<JavaCodeUnit, JavaCodeUnit> parents = walk(start, MAX_METHODS_TO_EFFECTS, leadingToEffects());
        List<Effect> found = new ArrayList<>();
        parents.keySet().forEach(method -> found.addAll(effectsIn(method)));
        return new Reach(start, parents, found);
    }

    /** The methods that a method can run, with or without effects, nearest first. */
    Set<JavaCodeUnit> methodsFrom(JavaCodeUnit start) {
        return walk(start, MAX_METHODS, null).keySet();
    }

    private Map<JavaCodeUnit, JavaCodeUnit> walk(JavaCodeUnit start, int bound, @Nullable Set<JavaCodeUnit> within) {
        Map<JavaCodeUnit, JavaCodeUnit> parents = new LinkedHashMap<>();
        parents.put(start, start);
        List<JavaCodeUnit> level = List.of(start);
        for (int depth = 0; depth < MAX_DEPTH && !level.isEmpty() && parents.size() < bound; depth++) {
            List<JavaCodeUnit> next = new ArrayList<>();
            for (JavaCodeUnit method : level) {
                for (JavaCodeUnit target : callsFrom(method)) {
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
            effects.forEach((method, found) -> {
                if (found.stream().anyMatch(effect -> effect.role() != Role.FIND)) {
                    ends.add(method);
                }
            });
            leadingToEffects = reaching(ends);
        }
        return leadingToEffects;
    }

    static boolean isAbstract(JavaCodeUnit method) {
        return method.getModifiers().contains(JavaModifier.ABSTRACT);
    }
}
