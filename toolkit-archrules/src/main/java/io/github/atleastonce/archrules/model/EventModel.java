package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the code says of the architecture of events. Derived once from one import and shared by all rules.
 *
 * <p>It hands out its parts: what was imported, whose it is, what types mean, who calls whom, and what comes and goes by
 * messages. Not thread-safe: answers are computed when first asked for.
 */
public final class EventModel {

    private final Declarations declared;
    private final Project project;
    private final Types types;
    private final Contexts contexts;
    private final CallGraph calls;
    private final Walks walks;
    private final Codes codes;
    private final List<Consumption> consumptions;
    private final List<Publication> publications;
    private final Map<String, EventType> events;
    private final Map<JavaCodeUnit, List<Publication>> publicationsByMethod = new HashMap<>();

    private EventModel(Architecture architecture, JavaClasses classes) {
        this.declared = architecture.declared().in(classes);
        this.project = Project.of(classes);
        this.types = new Types(declared.knowledge(), project);
        project.watch(types::carriesMessages);
        this.contexts = new Contexts(declared, project.classes(), types);
        this.calls = new CallGraph(project, types);
        this.codes = new Codes(types);
        new ManagedEntities(types, calls, codes).addTo(project.classes());
        Payloads payloads = new Payloads(project, types, calls, codes);
        this.consumptions = new ListenerReader(types, calls, codes, payloads, contexts)
                .read(project.classes()).stream()
                        .sorted(Comparator.comparing(Consumption::method, Members.ORDER)
                                .thenComparing(
                                        consumption -> consumption.types().toString())
                                .thenComparing(
                                        consumption -> consumption.channels().toString())
                                .thenComparing(consumption -> consumption.fact().toString()))
                        .toList();
        this.publications = new PublicationReader(types, calls, codes, payloads, contexts)
                .read(project.classes()).stream()
                        .sorted(Comparator.comparing(Publication::method, Members.ORDER)
                                .thenComparing(Publication::line)
                                .thenComparing(
                                        publication -> publication.types().toString())
                                .thenComparing(
                                        publication -> publication.channels().toString())
                                .thenComparing(Publication::delivery))
                        .toList();
        this.events = new EventReader(project, types, contexts).read(publications, consumptions, declared.wireNames());
        this.walks = new Walks(calls, consumptions);
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
     * @throws IllegalArgumentException if the base package is to be found, and the classes have none in common
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
     * Returns what was imported.
     *
     * @return the project's classes
     */
    public Project project() {
        return project;
    }

    /**
     * Returns whose the classes are.
     *
     * @return the contexts, declared or discovered
     */
    public Contexts contexts() {
        return contexts;
    }

    /**
     * Returns what types mean.
     *
     * @return the roles of types, annotations and calls
     */
    public Types types() {
        return types;
    }

    /**
     * Returns who calls whom, and with what effect.
     *
     * @return the calls inside the project
     */
    public CallGraph calls() {
        return calls;
    }

    /**
     * Returns what can be reached along the calls.
     *
     * @return the walks
     */
    public Walks walks() {
        return walks;
    }

    /**
     * Returns what the bodies of methods look like.
     *
     * @return the bytecode, read where it is asked for
     */
    public Codes code() {
        return codes;
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
     * @return the events, those of libraries included, sorted by class name
     */
    public Collection<EventType> events() {
        return Collections.unmodifiableCollection(events.values());
    }

    /**
     * Returns the events whose classes are the project's own.
     *
     * @return those of which the project can change the form, sorted by class name
     */
    public List<EventType> ownEvents() {
        return events.values().stream()
                .filter(event -> project.contains(event.type()))
                .toList();
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
     * Returns what of the code was understood.
     *
     * @return the coverage by context, sorted; that of classes in no context under an empty name
     */
    public SortedMap<String, Coverage> coverage() {
        return new CoverageReader(this).read();
    }

    /**
     * Returns the calls between contexts that wait for an answer.
     *
     * @return the edges, sorted
     */
    public List<SyncEdge> synchronousEdges() {
        return new SyncReader(this).read();
    }

    /**
     * Returns which context knows which events of which other.
     *
     * @return the wire names by pair, sorted
     */
    public Map<Pair, Set<String>> knownForeignEvents() {
        return new KnownEvents(this).read();
    }
}
