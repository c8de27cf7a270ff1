package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who calls whom inside the project, and which calls have an effect. Built in one pass over all accesses.
 *
 * <p>Not thread-safe: calls are sorted when first asked for.
 */
public final class CallGraph {

    private static final Set<Role> CALL_ROLES = Set.of(
            Role.SEND,
            Role.SAFE_SEND,
            Role.LOCAL_SEND,
            Role.FAILURE_ROUTE,
            Role.WRITE,
            Role.FIND,
            Role.LOOK_UP,
            Role.FRESH_ID,
            Role.ACKNOWLEDGE,
            Role.HAND_OFF,
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
    private final Project project;
    private final Map<JavaClass, List<Fact>> factsByOwner = new IdentityHashMap<>();
    private final Map<String, Map<String, List<Fact>>> factsByMember = new HashMap<>();
    private final Map<String, List<Fact>> factsOfAnyType = new HashMap<>();
    private final Map<JavaCodeUnit, List<Effect>> effects = new LinkedHashMap<>();
    private final Map<JavaCodeUnit, List<JavaCodeUnit>> calls = new HashMap<>();
    private final Map<JavaCodeUnit, List<JavaCodeUnit>> callers = new HashMap<>();
    private final CallTargets targets;

    CallGraph(Project project, Types types) {
        this.project = project;
        this.types = types;
        this.targets = new CallTargets(project);
        for (JavaClass type : project.classes()) {
            for (JavaCodeUnit method : type.getCodeUnits()) {
                read(type, method);
            }
            References.declaredBy(type, other -> project.use(type, other));
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
    private void read(JavaClass type, JavaCodeUnit method) {
        List<JavaCodeUnit> callees = new ArrayList<>(4);
        for (JavaAccess<?> access : method.getMethodCallsFromSelf()) {
            read(type, method, access, callees);
        }
        for (JavaAccess<?> access : method.getConstructorCallsFromSelf()) {
            read(type, method, access, callees);
        }
        for (JavaAccess<?> access : method.getMethodReferencesFromSelf()) {
            read(type, method, access, callees);
        }
        for (JavaAccess<?> access : method.getConstructorReferencesFromSelf()) {
            read(type, method, access, callees);
        }
        for (JavaAccess<?> access : method.getFieldAccesses()) {
            project.use(type, access.getTargetOwner());
        }
        if (!callees.isEmpty()) {
            calls.put(method, callees);
        }
    }

    private void read(JavaClass type, JavaCodeUnit method, JavaAccess<?> access, List<JavaCodeUnit> callees) {
        JavaClass owner = access.getTargetOwner();
        project.use(type, owner);
        if (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target) {
            boolean own = project.contains(owner);
            readFacts(factsOf(owner, target.getName()), method, target, access.getLineNumber());
            project.use(type, target.getRawReturnType());
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

    void add(JavaCodeUnit method, Effect effect) {
        effects.computeIfAbsent(method, key -> new ArrayList<>()).add(effect);
    }

    private List<Fact> factsOf(JavaClass owner) {
        List<Fact> facts = factsByOwner.get(owner);
        if (facts == null) {
            facts = withoutFalseSenders(ofCalls(types.factsOf(owner)), owner);
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

    private List<Fact> withoutFalseSenders(List<Fact> facts, JavaClass owner) {
        return types.is(owner, Role.NO_SEND)
                ? facts.stream().filter(fact -> fact.role() != Role.SEND).toList()
                : facts;
    }

    private static List<Fact> covering(List<Fact> facts, String member) {
        return facts.stream().filter(fact -> fact.covers(member)).toList();
    }

    private static List<Fact> ofCalls(List<Fact> facts) {
        return facts.stream().filter(fact -> CALL_ROLES.contains(fact.role())).toList();
    }

    /**
     * Returns the effects in one method, its lambdas included.
     *
     * @param method a method
     * @return the effects, sorted by line
     */
    public List<Effect> effectsIn(JavaCodeUnit method) {
        return effects.getOrDefault(method, List.of());
    }

    /**
     * Returns the effects of a role in the whole project.
     *
     * @param role the role
     * @return the effects, sorted by the method they are in, then by line
     */
    public List<Effect> effects(Role role) {
        List<Effect> found = new ArrayList<>();
        effects.values()
                .forEach(all ->
                        all.stream().filter(effect -> effect.role() == role).forEach(found::add));
        return found;
    }

    Set<JavaCodeUnit> methodsWithEffects() {
        return effects.keySet();
    }

    /**
     * Returns the methods of the project that a method calls.
     *
     * @param method a method
     * @return the called methods, interfaces resolved to what implements them, sorted
     */
    public List<JavaCodeUnit> callsFrom(JavaCodeUnit method) {
        return Collections.unmodifiableList(inOrder(calls.getOrDefault(method, List.of())));
    }

    /**
     * Returns the methods of the project that call a method.
     *
     * @param method a method
     * @return the callers, sorted; one that calls twice stands there once
     */
    public List<JavaCodeUnit> callersOf(JavaCodeUnit method) {
        return Collections.unmodifiableList(inOrder(callersInNoOrder(method)));
    }

    List<JavaCodeUnit> callersInNoOrder(JavaCodeUnit method) {
        return callers.getOrDefault(method, List.of());
    }

    boolean isCalled(JavaCodeUnit method) {
        return callers.containsKey(method);
    }

    /**
     * Tells whether a method opens a transaction.
     *
     * @param method a method
     * @return whether it, or its class, is annotated so, or it calls something that does
     */
    public boolean opensTransaction(JavaCodeUnit method) {
        return types.isAnnotated(method, Role.TRANSACTION)
                || effectsIn(method).stream().anyMatch(effect -> effect.role() == Role.TRANSACTION);
    }

    /** Sorted when first asked for: ArchUnit keeps no order, and a walk must take the same way in each build. */
    private List<JavaCodeUnit> inOrder(List<JavaCodeUnit> methods) {
        if (methods.size() > 1 && sorted.add(methods)) {
            methods.sort(Members.ORDER);
        }
        return methods;
    }

    static boolean isAbstract(JavaCodeUnit method) {
        return method.getModifiers().contains(JavaModifier.ABSTRACT);
    }
}
