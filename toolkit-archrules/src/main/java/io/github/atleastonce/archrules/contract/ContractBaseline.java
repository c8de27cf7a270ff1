package io.github.atleastonce.archrules.contract;

import io.github.atleastonce.archrules.model.Compatibility;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The shapes of all events at one time, by wire name. Immutable in effect; not thread-safe. */
public final class ContractBaseline {

    private static final String SCHEMA = "  | ";

    private final Map<String, Contract> events;
    private final Set<String> named;

    private ContractBaseline(Map<String, Contract> events, Set<String> named) {
        this.events = events;
        this.named = named;
    }

    /**
     * Reads the shapes that the code has now: of all events, and of the Avro schemas that the code or the declared directories
     * hold.
     *
     * @param model what the code says
     * @return the shapes
     * @throws IllegalArgumentException if a declared schema file cannot be understood
     * @throws UncheckedIOException if one cannot be read
     */
    public static ContractBaseline of(EventModel model) {
        SchemaSources schemas = SchemaSources.in(model);
        Map<String, Contract> events = new TreeMap<>();
        for (EventType event : model.ownEvents()) {
            boolean fromPublisher = event.publishers().contains(event.owner())
                    || event.publishers().isEmpty()
                            && model.contexts()
                                    .of(event.type())
                                    .filter(event.owner()::equals)
                                    .isPresent();
            Map<String, Property> properties = new TreeMap<>();
            new ShapeReader(model).read(event.type()).forEach(property -> properties.put(property.path(), property));
            Contract contract = new Contract(properties, schemas.of(event.type()));
            if (fromPublisher) {
                events.put(event.wireName(), contract);
            } else {
                events.putIfAbsent(event.wireName(), contract);
            }
        }
        schemas.ofNoEvent().forEach((name, schema) -> events.putIfAbsent(name, new Contract(Map.of(), schema)));
        Set<String> named = new TreeSet<>(schemas.names());
        named.addAll(events.keySet());
        return new ContractBaseline(events, named);
    }

    /**
     * Reads a stored baseline.
     *
     * @param file the file
     * @return the accepted shapes
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if a line cannot be understood
     */
    public static ContractBaseline read(Path file) {
        Map<String, Map<String, Property>> properties = new TreeMap<>();
        Map<String, StringBuilder> schemas = new TreeMap<>();
        try {
            String event = "";
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(SCHEMA)) {
                    schemas.computeIfAbsent(event, key -> new StringBuilder())
                            .append(line.substring(SCHEMA.length()))
                            .append('\n');
                } else if (line.startsWith("  ")) {
                    Property property = Property.parse(line.strip());
                    properties.computeIfAbsent(event, key -> new TreeMap<>()).put(property.path(), property);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    event = line.strip();
                    properties.computeIfAbsent(event, key -> new TreeMap<>());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Contract> events = new TreeMap<>();
        properties.forEach((name, of) -> events.put(
                name,
                new Contract(of, schemas.getOrDefault(name, new StringBuilder()).toString())));
        return new ContractBaseline(events, events.keySet());
    }

    /**
     * Stores the shapes, sorted, so that a review sees what changed.
     *
     * @param file the file; missing directories are made
     * @throws UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        List<String> lines = new ArrayList<>(
                List.of("# Accepted event contracts. Change with -Datleastonce.archrules.accept=contracts"));
        events.forEach((name, contract) -> {
            lines.add(name);
            if (contract.isAvro()) {
                JsonLayout.lines(contract.schema()).forEach(line -> lines.add(SCHEMA + line));
            } else {
                contract.properties().values().forEach(property -> lines.add("  " + property.line()));
            }
        });
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compares the accepted shapes with newer ones.
     *
     * @param now the newer shapes
     * @param wanted which readers must go on understanding
     * @return what breaks consumers or stored messages, by wire name; empty if nothing does
     */
    public Map<String, List<String>> breaks(ContractBaseline now, Compatibility wanted) {
        Map<String, List<String>> breaks = new TreeMap<>();
        events.forEach((name, accepted) -> {
            List<String> lines = now.breaksOf(name, accepted, wanted);
            if (!lines.isEmpty()) {
                breaks.put(name, lines);
            }
        });
        return breaks;
    }

    private List<String> breaksOf(String name, Contract accepted, Compatibility wanted) {
        Contract present = events.get(name);
        if (accepted.isAvro() && !SchemaSources.avroIsPresent()) {
            return List.of(
                    "unread  its accepted contract is an Avro schema, and org.apache.avro:avro is not on the class path");
        }
        if (present == null) {
            return named.contains(name) ? List.of() : List.of("removed the event");
        }
        if (!accepted.isAvro()) {
            return new ShapeChanges(accepted.properties(), present.properties(), wanted).breaks();
        }
        return present.isAvro()
                ? SchemaChanges.breaks(accepted.schema(), present.schema(), wanted)
                : List.of("retyped the event: its accepted contract is an Avro schema, and it has none any more");
    }
}
