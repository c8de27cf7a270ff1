package io.github.atleastonce.archrules.map;

import io.github.atleastonce.archrules.model.Cycles;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.EventType;
import io.github.atleastonce.archrules.model.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which context knows which events of which other, and who calls whom. Immutable in effect; the same code gives the same bytes. */
public final class CouplingMap {

    /** Stands for the publisher of events that nobody on the map publishes. */
    static final String ELSEWHERE = "(elsewhere)";

    private final SortedMap<String, ContextNode> contexts;

    CouplingMap(SortedMap<String, ContextNode> contexts) {
        this.contexts = contexts;
    }

    /**
     * Draws the map of one build.
     *
     * @param model what the code says
     * @return the map
     */
    public static CouplingMap of(EventModel model) {
        SortedMap<String, ContextNode> contexts = new TreeMap<>();
        model.contexts().names().forEach(name -> contexts.put(name, ContextNode.empty()));
        model.coverage().forEach((name, coverage) -> {
            if (!name.isEmpty()) {
                node(contexts, name).cover(coverage);
            }
        });
        for (EventType event : model.events()) {
            event.publishers().forEach(name -> node(contexts, name).publishes().add(event.wireName()));
            event.consumers().stream()
                    .filter(name -> !event.publishers().contains(name))
                    .forEach(name -> node(contexts, name).consumes().add(event.wireName()));
            if (event.publishers().isEmpty()
                    && !event.owner().isEmpty()
                    && !event.consumers().contains(event.owner())) {
                node(contexts, event.owner()).publishes().add(event.wireName());
            }
        }
        model.knownForeignEvents().forEach((pair, names) -> {
            node(contexts, pair.from()).consumes().addAll(names);
            node(contexts, pair.from())
                    .budgets()
                    .put(pair.to(), model.declared().budget(pair));
        });
        model.synchronousEdges()
                .forEach(edge -> node(contexts, edge.pair().from())
                        .calls()
                        .computeIfAbsent(edge.pair().to(), key -> new TreeSet<>())
                        .add(edge.call()));
        contexts.values().forEach(node -> node.consumes().removeAll(node.publishes()));
        return new CouplingMap(contexts);
    }

    /**
     * Reads a map that was written as JSON.
     *
     * @param file the file
     * @return the map
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no coupling map
     */
    public static CouplingMap read(Path file) {
        try {
            return JsonForm.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Joins the map of another build; events are the same if their wire names are.
     *
     * @param other the other map
     * @return the map of both
     */
    public CouplingMap merge(CouplingMap other) {
        SortedMap<String, ContextNode> both = new TreeMap<>();
        contexts.forEach((name, node) -> node(both, name).add(node));
        other.contexts.forEach((name, node) -> node(both, name).add(node));
        return new CouplingMap(both);
    }

    /**
     * Writes the map as a Mermaid flow chart: solid arrows carry events, dotted ones are synchronous calls.
     *
     * @return the text
     */
    public String toMermaid() {
        return new MermaidForm(this).text();
    }

    /**
     * Writes the map as JSON, for {@link #read} and {@link #merge}.
     *
     * @return the text
     */
    public String toJson() {
        return JsonForm.text(this);
    }

    /**
     * Writes the map as one HTML page that needs nothing else.
     *
     * @return the text
     */
    public String toHtml() {
        return new HtmlForm(this).text();
    }

    /**
     * Writes all three forms as {@code coupling-map.mmd}, {@code .json} and {@code .html}.
     *
     * @param directory where to; it is made if it is missing
     * @throws UncheckedIOException if a file cannot be written
     */
    public void writeTo(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("coupling-map.mmd"), toMermaid());
            Files.writeString(directory.resolve("coupling-map.json"), toJson());
            Files.writeString(directory.resolve("coupling-map.html"), toHtml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SortedMap<String, ContextNode> contexts() {
        return contexts;
    }

    /** The matrix: the events that a consumer knows of a publisher. */
    SortedMap<Pair, SortedSet<String>> cells() {
        Map<String, SortedSet<String>> publishers = new TreeMap<>();
        contexts.forEach((name, node) -> node.publishes()
                .forEach(event -> publishers
                        .computeIfAbsent(event, key -> new TreeSet<>())
                        .add(name)));
        SortedMap<Pair, SortedSet<String>> cells = new TreeMap<>();
        contexts.forEach((consumer, node) -> node.consumes().forEach(event -> {
            SortedSet<String> from = publishers.getOrDefault(event, new TreeSet<>(Set.of(ELSEWHERE)));
            from.forEach(publisher -> cells.computeIfAbsent(new Pair(consumer, publisher), key -> new TreeSet<>())
                    .add(event));
        }));
        return cells;
    }

    SortedMap<Pair, SortedSet<String>> calls() {
        SortedMap<Pair, SortedSet<String>> calls = new TreeMap<>();
        contexts.forEach((name, node) -> node.calls().forEach((to, names) -> calls.put(new Pair(name, to), names)));
        return calls;
    }

    /** Groups of contexts that know each other in a circle, by events or by calls. */
    List<Set<String>> cycles() {
        Map<String, Set<String>> edges = new TreeMap<>();
        cells().keySet()
                .forEach(pair -> edges.computeIfAbsent(pair.from(), key -> new TreeSet<>())
                        .add(pair.to()));
        calls().keySet()
                .forEach(pair -> edges.computeIfAbsent(pair.from(), key -> new TreeSet<>())
                        .add(pair.to()));
        return Cycles.in(edges);
    }

    /** How many events a pair shares, of how many it may, for people. */
    String count(Pair pair, Set<String> events) {
        int budget = budget(pair);
        return events.size()
                + (budget < 0 ? "" : " of " + budget)
                + (isOverBudget(pair, events) ? " – over budget" : "");
    }

    boolean isOverBudget(Pair pair, Set<String> events) {
        return budget(pair) >= 0 && events.size() > budget(pair);
    }

    /** The budget of a pair, or -1 if none is known. */
    private int budget(Pair pair) {
        ContextNode node = contexts.get(pair.from());
        return node == null ? -1 : node.budgets().getOrDefault(pair.to(), -1);
    }

    static ContextNode node(Map<String, ContextNode> contexts, String name) {
        return contexts.computeIfAbsent(name, key -> ContextNode.empty());
    }
}
