package io.github.atleastonce.archrules.contract;

import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The shapes of all events at one time, by wire name. Immutable in effect; not thread-safe. */
public final class ContractBaseline {

    private final Map<String, Map<String, Property>> events;

    private ContractBaseline(Map<String, Map<String, Property>> events) {
        this.events = events;
    }

    /**
     * Reads the shapes that the code has now.
     *
     * @param model what the code says
     * @return the shapes of all events
     */
    public static ContractBaseline of(EventModel model) {
        Map<String, Map<String, Property>> events = new TreeMap<>();
        for (EventType event : model.events()) {
            boolean fromPublisher = event.publishers().contains(event.owner())
                    || event.publishers().isEmpty()
                            && model.contextOf(event.type())
                                    .filter(event.owner()::equals)
                                    .isPresent();
            Map<String, Property> properties = new TreeMap<>();
            new ShapeReader(model).read(event.type()).forEach(property -> properties.put(property.path(), property));
            if (fromPublisher) {
                events.put(event.wireName(), properties);
            } else {
                events.putIfAbsent(event.wireName(), properties);
            }
        }
        return new ContractBaseline(events);
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
        Map<String, Map<String, Property>> events = new TreeMap<>();
        try {
            Map<String, Property> current = new TreeMap<>();
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("  ")) {
                    Property property = Property.parse(line.strip());
                    current.put(property.path(), property);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    current = events.computeIfAbsent(line.strip(), key -> new TreeMap<>());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ContractBaseline(events);
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
        events.forEach((name, properties) -> {
            lines.add(name);
            properties.values().forEach(property -> lines.add("  " + property.line()));
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
     * @return what breaks consumers or stored messages, by wire name; empty if nothing does
     */
    public Map<String, List<String>> breaks(ContractBaseline now) {
        Map<String, List<String>> breaks = new TreeMap<>();
        events.forEach((name, accepted) -> {
            Map<String, Property> present = now.events.get(name);
            List<String> lines = present == null ? List.of("removed the event") : compare(accepted, present);
            if (!lines.isEmpty()) {
                breaks.put(name, lines);
            }
        });
        return breaks;
    }

    private static List<String> compare(Map<String, Property> accepted, Map<String, Property> present) {
        List<String> lines = new ArrayList<>();
        for (Property old : accepted.values()) {
            Property same = present.get(old.path());
            if (same == null) {
                lines.addAll(missing(old, accepted, present));
            } else if (!same.type().equals(old.type())) {
                lines.add("retyped " + old.path() + ": " + old.type() + " → " + same.type());
            } else if (same.required() && !old.required()) {
                lines.add("newly required " + old.path());
            }
        }
        for (Property added : present.values()) {
            if (added.required()
                    && !accepted.containsKey(added.path())
                    && added.aliases().stream().noneMatch(accepted::containsKey)) {
                lines.add("newly required " + added.path() + ": " + added.type());
            }
        }
        return lines;
    }

    private static List<String> missing(Property old, Map<String, Property> accepted, Map<String, Property> present) {
        for (Property candidate : present.values()) {
            if (candidate.aliases().contains(old.path()) && candidate.type().equals(old.type())) {
                return List.of();
            }
        }
        if (isInsideOfMissing(old, accepted, present)) {
            return List.of();
        }
        return List.of(renamed(old, accepted, present)
                .map(to -> "renamed " + old.path() + " → " + to + " (perhaps): no @JsonAlias keeps the old name")
                .orElse("removed " + old.path() + ": " + old.type()));
    }

    /** A guess that is only made if one property of that type went and one came at the same place. */
    private static Optional<String> renamed(
            Property old, Map<String, Property> accepted, Map<String, Property> present) {
        List<String> gone = unmatched(old, accepted, present);
        List<String> come = unmatched(old, present, accepted);
        return gone.size() == 1 && come.size() == 1 && !old.type().equals("constant")
                ? Optional.of(come.get(0))
                : Optional.empty();
    }

    private static List<String> unmatched(Property like, Map<String, Property> in, Map<String, Property> other) {
        return in.values().stream()
                .filter(property -> !other.containsKey(property.path())
                        && property.type().equals(like.type())
                        && property.parent().equals(like.parent()))
                .map(Property::path)
                .toList();
    }

    /** Said once, at the outermost property that is gone. */
    private static boolean isInsideOfMissing(
            Property old, Map<String, Property> accepted, Map<String, Property> present) {
        for (Property outer : accepted.values()) {
            if (!outer.equals(old)
                    && !present.containsKey(outer.path())
                    && (old.path().startsWith(outer.path() + ".")
                            || old.path().startsWith(outer.path() + "[].")
                            || old.path().startsWith(outer.path() + "="))) {
                return true;
            }
        }
        return false;
    }
}
