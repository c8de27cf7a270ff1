package io.github.atleastonce.archrules;

import io.github.atleastonce.archrules.rules.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The violations that were there before the rule, one file a rule, named by its id.
 *
 * <p>Entries are headlines, which hold no line numbers. The store only shrinks, unless someone accepts more on purpose.
 */
final class FrozenViolations {

    private static final String SUFFIX = ".txt";

    private final Path directory;
    private final Surroundings surroundings;

    FrozenViolations(Path directory, Surroundings surroundings) {
        this.directory = directory;
        this.surroundings = surroundings;
    }

    /** Returns the frozen headlines among the violations, after having forgotten those that are gone. */
    Set<String> frozen(String rule, List<Violation> violations) {
        Set<String> present = new TreeSet<>();
        violations.forEach(violation -> present.add(violation.headline()));
        Set<String> stored = surroundings.accepts("frozen") ? new TreeSet<>(present) : read(rule);
        Set<String> kept = new TreeSet<>(stored);
        kept.retainAll(present);
        if (!surroundings.ci() && !kept.equals(read(rule))) {
            write(rule, kept);
        }
        return kept;
    }

    /** The files that belong to no rule: a renamed or deleted rule leaves its debt behind. */
    List<String> orphans(Set<String> ruleIds) {
        List<String> orphans = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.map(file -> file.getFileName().toString())
                        .sorted()
                        .filter(name -> !name.endsWith(SUFFIX)
                                || !ruleIds.contains(name.substring(0, name.length() - SUFFIX.length())))
                        .forEach(orphans::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return orphans;
    }

    Path directory() {
        return directory;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    private Set<String> read(String rule) {
        Path file = directory.resolve(rule + SUFFIX);
        if (!Files.exists(file)) {
            return new TreeSet<>();
        }
        try {
            return new TreeSet<>(Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String rule, Set<String> headlines) {
        Path file = directory.resolve(rule + SUFFIX);
        try {
            if (headlines.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                Files.createDirectories(directory);
                Files.write(file, headlines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
