package io.github.atleastonce.archrules;

import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Pair;
import io.github.atleastonce.archrules.rules.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Remembers how many foreign events each context knew at best, so that the number only falls. */
final class BudgetRatchet {

    static final String NAME = "coupling-budgets";

    private final Path file;
    private final Surroundings surroundings;

    BudgetRatchet(Path directory, Surroundings surroundings) {
        this.file = directory.resolve(NAME + ".txt");
        this.surroundings = surroundings;
    }

    /** The pairs within their budget that know more than was stored; pairs that were never stored are left alone. */
    List<Violation> outgrown(EventModel model, List<Violation> overBudget) {
        Map<Pair, Set<String>> known = model.knownForeignEvents();
        Map<String, Integer> stored = read();
        Map<String, Integer> next = new TreeMap<>();
        List<Violation> outgrown = new ArrayList<>();
        known.forEach((pair, events) -> {
            Integer best = stored.get(pair.toString());
            boolean reported = overBudget.stream()
                    .anyMatch(violation -> violation.headline().equals(pair.toString()));
            if (best != null && events.size() > best && !surroundings.accepts("frozen") && !reported) {
                outgrown.add(Violation.of(
                        pair.toString(),
                        List.of(
                                "knows   " + events.size() + " events: " + String.join(", ", events),
                                "ratchet " + best + " (" + file.getFileName() + ")"),
                        Set.of(pair.toString(), pair.from())));
            }
            if (surroundings.accepts("frozen")) {
                next.put(pair.toString(), events.size());
            } else if (best != null) {
                next.put(pair.toString(), Math.min(best, events.size()));
            }
        });
        if (!surroundings.ci() && !next.equals(stored)) {
            write(next);
        }
        return outgrown;
    }

    private Map<String, Integer> read() {
        Map<String, Integer> stored = new TreeMap<>();
        if (Files.exists(file)) {
            try {
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.split(" = ");
                    if (parts.length != 2 || !parts[1].strip().matches("\\d+")) {
                        throw new IllegalArgumentException("A line of " + file
                                + " reads '<context> → <context> = <number>', but this one is '" + line + "'.");
                    }
                    stored.put(parts[0], Integer.valueOf(parts[1].strip()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return stored;
    }

    private void write(Map<String, Integer> budgets) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(
                    file,
                    budgets.entrySet().stream()
                            .map(entry -> entry.getKey() + " = " + entry.getValue())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
