package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import io.github.atleastonce.archrules.bytecode.ClassCode;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the code says of the architecture of events. Derived once from one import and shared by all rules.
 *
 * <p>Not thread-safe: answers are computed when first asked for.
 */
public final class EventModel {

    private final Declarations declared;
    private final Map<String, JavaClass> project = new LinkedHashMap<>();
    private final Types types;
    private final Contexts contexts;
    private final CallGraph graph;
    private final Codes codes;
    private final List<Consumption> consumptions;
    private final List<Publication> publications;
    private final Map<String, EventType> events;
    private final Set<JavaCodeUnit> listeners = new HashSet<>();
    private final Map<JavaCodeUnit, List<Publication>> publicationsByMethod = new HashMap<>();
    private final Map<JavaCodeUnit, Reach> reaches = new RecentReaches();

    private EventModel(Architecture architecture, JavaClasses classes) {
        this.declared = architecture.declared();
        List<JavaClass> sorted = classes.stream()
                .sorted(Comparator.comparing(JavaClass::getName))
                .toList();
        sorted.forEach(type -> project.put(type.getName(), type));
        this.types = new Types(declared.knowledge());
        this.contexts = new Contexts(declared, sorted, types);
        this.graph = new CallGraph(sorted, types);
        this.codes = new Codes(declared.knowledge());
        new ManagedEntities(types, graph, codes).addTo(sorted);
        Payloads payloads = new Payloads(project, types, graph, codes);
        this.consumptions = new ListenerReader(types, graph, codes, payloads, this::contextNameOf)
                .read(sorted).stream()
                        .sorted(Comparator.comparing(Consumption::method, Members.ORDER)
                                .thenComparing(
                                        consumption -> consumption.types().toString())
                                .thenComparing(
                                        consumption -> consumption.channels().toString())
                                .thenComparing(consumption -> consumption.fact().toString()))
                        .toList();
        this.publications = new PublicationReader(types, graph, codes, payloads, this::contextNameOf)
                .read(sorted).stream()
                        .sorted(Comparator.comparing(Publication::method, Members.ORDER)
                                .thenComparing(Publication::line)
                                .thenComparing(
                                        publication -> publication.types().toString())
                                .thenComparing(
                                        publication -> publication.channels().toString())
                                .thenComparing(Publication::delivery))
                        .toList();
        this.events = new EventReader(this, types).read(sorted);
        consumptions.forEach(consumption -> listeners.add(consumption.method()));
        publications.forEach(publication -> publicationsByMethod
                .computeIfAbsent(publication.method(), key -> new ArrayList<>(1))
                .add(publication));
    }

    /**
     * Reads the model.
     *
     * @param architecture what the team declared
     * @param classes the imported classes
     * @return the model
     */
    public static EventModel of(Architecture architecture, JavaClasses classes) {
        return new EventModel(architecture, classes);
    }

    /**
     * Returns the declaration.
     *
     * @return what the team declared
     */
    public Declarations declared() {
        return declared;
    }

    /**
     * Returns the imported classes.
     *
     * @return the project's classes, sorted by name
     */
    public Collection<JavaClass> classes() {
        return project.values();
    }

    /**
     * Returns the names of the contexts.
     *
     * @return the declared or discovered contexts, sorted
     */
    public SortedSet<String> contexts() {
        return new TreeSet<>(contexts.names());
    }

    /**
     * Returns the context of a class.
     *
     * @param type a class
     * @return the context, or empty if it belongs to none
     */
    public Optional<String> contextOf(JavaClass type) {
        return contexts.of(type);
    }

    /**
     * Tells whether a class belongs to code that all contexts share.
     *
     * @param type a class
     * @return whether its package was declared, or is by its name, shared
     */
    public boolean isShared(JavaClass type) {
        return contexts.isShared(type.getPackageName());
    }

    /**
     * Tells whether a class lies directly in the package that stands for its context.
     *
     * @param type a class
     * @return whether it does
     */
    public boolean isAtRootOfContext(JavaClass type) {
        return contexts.isRootOfContext(type.getPackageName());
    }

    /**
     * Tells whether a class is one of the imported ones.
     *
     * @param type a class
     * @return whether it is the project's own
     */
    public boolean isProject(JavaClass type) {
        return project.containsKey(type.getName());
    }

    /**
     * Returns an imported class by its name.
     *
     * @param name a qualified name
     * @return the class, or empty if it was not imported
     */
    public Optional<JavaClass> type(String name) {
        return Optional.ofNullable(project.get(name));
    }

    /**
     * Returns the listeners.
     *
     * @return all listeners, sorted by name
     */
    public List<Consumption> consumptions() {
        return consumptions;
    }

    /**
     * Returns the places that publish.
     *
     * @return all publications, sorted by name
     */
    public List<Publication> publications() {
        return publications;
    }

    /**
     * Returns the places in one method that publish.
     *
     * @param method a method
     * @return its publications, sorted by line
     */
    public List<Publication> publicationsIn(JavaCodeUnit method) {
        return publicationsByMethod.getOrDefault(method, List.of());
    }

    /**
     * Returns the events.
     *
     * @return the events, sorted by class name
     */
    public Collection<EventType> events() {
        return events.values();
    }

    /**
     * Returns the event of a class.
     *
     * @param type a class
     * @return the event, or empty if the class is none
     */
    public Optional<EventType> event(JavaClass type) {
        return Optional.ofNullable(events.get(type.getName()));
    }

    /**
     * Tells whether a type has a role by its names, supertypes or annotations.
     *
     * @param type a class
     * @param role the role
     * @return whether it has
     */
    public boolean is(JavaClass type, Role role) {
        return types.isWholly(type, role);
    }

    /**
     * Tells whether a member, or the class it is declared in, bears an annotation of a role.
     *
     * @param member a method, field or constructor
     * @param role the role
     * @return whether it does
     */
    public boolean isAnnotated(JavaMember member, Role role) {
        return types.isAnnotatedHereOrOnType(member, role);
    }

    /**
     * Tells whether a called member has a role.
     *
     * @param owner the qualified name of the type it is called on
     * @param member the method's name
     * @param role the role
     * @return whether the type itself, or one of its supertypes if it is the project's, has that role for the member
     */
    public boolean isCall(String owner, String member, Role role) {
        JavaClass type = project.get(owner);
        return (type == null ? types.factsOfName(owner) : types.factsOf(type))
                        .stream().anyMatch(fact -> fact.role() == role && fact.covers(member))
                || type != null
                        && types.ofAnyType().stream().anyMatch(fact -> fact.role() == role && fact.covers(member));
    }

    /**
     * Tells whether facts are known of types in a package outside of the JDK.
     *
     * @param name a package
     * @return whether the standard knowledge, or what was added to it, names one of its types
     */
    public boolean isKnownPackage(String name) {
        return declared.knowledge().isKnownPackage(name);
    }

    /**
     * Returns the effects in one method, its lambdas included.
     *
     * @param method a method
     * @return the effects, sorted by line
     */
    public List<Effect> effectsIn(JavaCodeUnit method) {
        return graph.effectsIn(method);
    }

    /**
     * Returns the effects of a role in the whole project.
     *
     * @param role the role
     * @return the effects, sorted by the method they are in, then by line
     */
    public List<Effect> effects(Role role) {
        List<Effect> found = new ArrayList<>();
        for (JavaCodeUnit method : graph.methodsWithEffects()) {
            graph.effectsIn(method).stream()
                    .filter(effect -> effect.role() == role)
                    .forEach(found::add);
        }
        return found;
    }

    /**
     * Returns what can happen when a method is called.
     *
     * @param method a method of the project
     * @return the bounded walk
     */
    public Reach reachFrom(JavaCodeUnit method) {
        Reach known = reaches.get(method);
        if (known == null) {
            known = graph.reachFrom(method);
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
        return graph.methodsFrom(method);
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
        return graph.reaching(ends);
    }

    /**
     * Returns the project's other classes that a class names.
     *
     * @param type a class of the project
     * @return the classes, arrays replaced by what they are made of
     */
    public Set<JavaClass> usesOf(JavaClass type) {
        return graph.usesOf(type);
    }

    /**
     * Returns the types outside of the project that it names.
     *
     * @return the types, each with one class of the project that names it
     */
    public Map<JavaClass, JavaClass> usersOfLibraries() {
        return graph.usersOfLibraries();
    }

    /**
     * Returns the methods of the project that a method calls.
     *
     * @param method a method
     * @return the called methods, interfaces resolved to what implements them
     */
    public Set<JavaCodeUnit> calleesOf(JavaCodeUnit method) {
        return new LinkedHashSet<>(graph.callsFrom(method));
    }

    /**
     * Returns the methods of the project that call a method.
     *
     * @param method a method
     * @return the callers
     */
    public Set<JavaCodeUnit> callersOf(JavaCodeUnit method) {
        return new LinkedHashSet<>(graph.callersOf(method));
    }

    /**
     * Returns the outermost callers of a method: listeners, other entry points, and methods that nothing calls.
     *
     * @param method a method
     * @return the entry points, sorted by name; the method itself if nothing calls it
     */
    public List<JavaCodeUnit> entryPointsOf(JavaCodeUnit method) {
        return graph.reaching(List.of(method)).stream()
                .filter(caller -> listeners.contains(caller) || !graph.isCalled(caller))
                .sorted(Comparator.comparing((JavaCodeUnit caller) -> !listeners.contains(caller))
                        .thenComparing(Members.ORDER))
                .toList();
    }

    /**
     * Tells whether a method opens a transaction.
     *
     * @param method a method
     * @return whether it, or its class, is annotated so, or it calls something that does
     */
    public boolean opensTransaction(JavaCodeUnit method) {
        return isAnnotated(method, Role.TRANSACTION)
                || graph.effectsIn(method).stream().anyMatch(effect -> effect.role() == Role.TRANSACTION);
    }

    /**
     * Returns the bytecode of a class.
     *
     * @param type a class
     * @return its code, or empty if its file is unknown
     */
    public Optional<ClassCode> code(JavaClass type) {
        return codes.of(type);
    }

    /**
     * Returns the bodies of a method and of its lambdas.
     *
     * @param method a method
     * @return the bodies, the method's own first
     */
    public List<MethodCode> bodiesOf(JavaCodeUnit method) {
        return codes.bodiesOf(method);
    }

    /**
     * Returns the calls between contexts that wait for an answer.
     *
     * @return the edges, sorted
     */
    public List<SyncEdge> synchronousEdges() {
        return new SyncReader(this, types).read();
    }

    /**
     * Returns which context knows which events of which other.
     *
     * @return the wire names by pair, sorted
     */
    public Map<Pair, Set<String>> knownForeignEvents() {
        return new KnownEvents(this).read();
    }

    private String contextNameOf(JavaClass type) {
        return contexts.of(type).orElse("");
    }
}
