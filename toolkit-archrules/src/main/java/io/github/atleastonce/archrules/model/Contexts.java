package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Assigns classes to contexts: the longest package of one wins. Not thread-safe. */
public final class Contexts {

    private final Map<String, String> byPackage;
    private final Set<String> shared;
    private final Set<String> sharedOnPurpose;
    private final SortedMap<String, String> guessed;
    private final Map<String, Optional<String>> assigned = new HashMap<>();

    Contexts(Declarations declarations, Collection<JavaClass> classes, Types types) {
        ContextFinder finder = new ContextFinder(declarations, classes, types);
        sharedOnPurpose = declarations.shared();
        byPackage = finder.byPackage();
        shared = finder.shared();
        guessed = finder.guessed();
    }

    /**
     * Returns the names of the contexts.
     *
     * @return the contexts that are declared or marked, or else the one of each base, sorted
     */
    public SortedSet<String> names() {
        return new TreeSet<>(byPackage.values());
    }

    /**
     * Returns what looks like contexts where none is declared or marked, so that each base was taken to be one.
     *
     * @return the packages, by the name that a context there would have; empty if there is no doubt
     */
    public SortedMap<String, String> guessed() {
        return Collections.unmodifiableSortedMap(guessed);
    }

    /**
     * Returns the context of a class.
     *
     * @param type a class
     * @return the context, or empty if it belongs to none
     */
    public Optional<String> of(JavaClass type) {
        return assigned.computeIfAbsent(type.getPackageName(), this::find);
    }

    /** The context's name, or an empty text. */
    String nameOf(JavaClass type) {
        return of(type).orElse("");
    }

    /**
     * Tells whether a class belongs to code that all contexts share.
     *
     * @param type a class
     * @return whether its package was declared, or is by its name, shared
     */
    public boolean isShared(JavaClass type) {
        return isShared(type.getPackageName());
    }

    private boolean isShared(String packageName) {
        return shared.stream().anyMatch(prefix -> PackageNames.isIn(packageName, prefix));
    }

    /**
     * Tells whether a class lies directly in the package that stands for its context.
     *
     * @param type a class
     * @return whether it does
     */
    public boolean isAtRoot(JavaClass type) {
        return byPackage.containsKey(type.getPackageName());
    }

    private Optional<String> find(String packageName) {
        String rest = packageName;
        while (!rest.isEmpty() && !sharedOnPurpose.contains(rest)) {
            String name = byPackage.get(rest);
            if (name != null) {
                return Optional.of(name);
            }
            rest = PackageNames.parent(rest);
        }
        return Optional.empty();
    }
}
