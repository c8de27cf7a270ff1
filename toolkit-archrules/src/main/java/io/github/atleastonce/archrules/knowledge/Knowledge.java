package io.github.atleastonce.archrules.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what is known of messaging frameworks.
 *
 * <p>A line reads {@code <role> <type>[#member,…] [option=value …]}; {@code @} before the type means an annotation
 * (meta-annotations count), {@code *} stands for any characters, {@code //} begins a comment. Example:
 * {@code send com.acme.Bus#publish payload=1 channel=0}.
 *
 * <p>Immutable and thread-safe.
 */
public final class Knowledge {

    private final List<Fact> facts;
    private final Map<String, List<Fact>> byType = new HashMap<>();
    private final Map<String, List<Fact>> byAnnotation = new HashMap<>();
    private final Map<Fact, Glob> patterns = new LinkedHashMap<>();
    private final Map<Fact, Glob> annotationPatterns = new LinkedHashMap<>();
    private final List<Fact> ofAnyType = new ArrayList<>();
    private final Set<String> packages = new HashSet<>();
    private final Map<Role, List<String>> packagesByRole = new EnumMap<>(Role.class);

    private Knowledge(List<Fact> facts) {
        this.facts = List.copyOf(facts);
        for (Fact fact : facts) {
            if (fact.role().isOfPackages()) {
                packagesByRole
                        .computeIfAbsent(fact.role(), key -> new ArrayList<>())
                        .add(fact.type().replaceFirst("\\*$", ""));
                continue;
            }
            if (!fact.isPattern() && !fact.type().startsWith("java.")) {
                packages.add(fact.type().replaceFirst("\\.[^.]*$", ""));
            }
            if (fact.type().equals("*")) {
                ofAnyType.add(fact);
            } else if (fact.annotation() && fact.isPattern()) {
                annotationPatterns.put(fact, new Glob(fact.type()));
            } else if (fact.annotation()) {
                byAnnotation
                        .computeIfAbsent(fact.type(), key -> new ArrayList<>())
                        .add(fact);
            } else if (fact.isPattern()) {
                patterns.put(fact, new Glob(fact.type()));
            } else {
                byType.computeIfAbsent(fact.type(), key -> new ArrayList<>()).add(fact);
            }
        }
    }

    /**
     * Returns what the toolkit knows by itself.
     *
     * @return the standard knowledge
     */
    public static Knowledge standard() {
        try (InputStream in = Knowledge.class.getResourceAsStream("standard.knowledge")) {
            if (in == null) {
                throw new IllegalStateException("The resource standard.knowledge is missing from the toolkit's jar.");
            }
            return new Knowledge(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds facts.
     *
     * @param lines one fact each
     * @return the enlarged knowledge
     * @throws IllegalArgumentException if a line cannot be read
     */
    public Knowledge plus(String... lines) {
        List<Fact> more = new ArrayList<>(facts);
        more.addAll(parse(List.of(lines)));
        return new Knowledge(more);
    }

    /**
     * Adds the facts of a text file, one a line.
     *
     * @param file where they are written, in UTF-8
     * @return the enlarged knowledge
     * @throws IllegalArgumentException if a line cannot be read
     * @throws UncheckedIOException if the file cannot be read
     */
    public Knowledge plus(Path file) {
        try {
            return plus(Files.readAllLines(file).toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the facts that speak of a type by its own name.
     *
     * @param name the qualified name
     * @return the facts, in the order in which they were written
     */
    public List<Fact> ofType(String name) {
        List<Fact> exact = byType.getOrDefault(name, List.of());
        return withPatterns(exact, patterns, name);
    }

    /**
     * Returns the facts that speak of members of whatever type; they are meant for the user's own types.
     *
     * @return the facts, in the order in which they were written
     */
    public List<Fact> ofAnyType() {
        return List.copyOf(ofAnyType);
    }

    /**
     * Returns the facts that speak of an annotation.
     *
     * @param name the qualified name
     * @return the facts, in the order in which they were written
     */
    public List<Fact> ofAnnotation(String name) {
        return withPatterns(byAnnotation.getOrDefault(name, List.of()), annotationPatterns, name);
    }

    /**
     * Tells whether a fact names a type of a package. Patterns name none, and what belongs to the JDK is always there.
     *
     * @param name a package
     * @return whether there is such a fact
     */
    public boolean isKnownPackage(String name) {
        return packages.contains(name);
    }

    /**
     * Tells whether a type is in a package of a kind.
     *
     * @param type the qualified name
     * @param role the kind of package
     * @return whether a fact names the type's package, or one above it, with that role
     */
    public boolean isIn(String type, Role role) {
        return packagesByRole.getOrDefault(role, List.of()).stream().anyMatch(type::startsWith);
    }

    private static List<Fact> withPatterns(List<Fact> exact, Map<Fact, Glob> patterns, String name) {
        List<Fact> all = null;
        for (Map.Entry<Fact, Glob> pattern : patterns.entrySet()) {
            if (pattern.getValue().matches(name)) {
                all = all == null ? new ArrayList<>(exact) : all;
                all.add(pattern.getKey());
            }
        }
        return all == null ? exact : all;
    }

    private static List<Fact> parse(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("(^|\\s)//.*", ""))
                .filter(line -> !line.isBlank())
                .map(Fact::parse)
                .toList();
    }
}
