package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Assigns classes to contexts: the longest declared package wins. Not thread-safe. */
public final class Contexts {

    private final Map<String, String> byPackage = new TreeMap<>();
    private final Set<String> shared = new TreeSet<>();
    private final Set<String> sharedOnPurpose;
    private final Set<String> declared;
    private final Map<String, Optional<String>> assigned = new HashMap<>();

    Contexts(Declarations declarations, Iterable<JavaClass> classes, Types types) {
        sharedOnPurpose = declarations.shared();
        shared.addAll(sharedOnPurpose);
        if (!declarations.contexts().isEmpty()) {
            declarations.contexts().forEach((name, packages) -> packages.forEach(where -> byPackage.put(where, name)));
            for (String base : declarations.bases()) {
                PackageNames.SHARED.stream()
                        .map(name -> base + "." + name)
                        .filter(name -> !byPackage.containsKey(name))
                        .forEach(shared::add);
            }
            declared = declarations.contexts().keySet();
            return;
        }
        for (JavaClass type : classes) {
            if (type.getSimpleName().equals("package-info") && types.bears(type, Role.CONTEXT)) {
                byPackage.put(type.getPackageName(), lastSegment(type.getPackageName()));
            }
        }
        if (byPackage.isEmpty()) {
            declarations.bases().forEach(base -> discover(base, classes));
        }
        declared = new TreeSet<>(byPackage.values());
    }

    /** The packages directly below the base; the base itself where these are layers of one context. */
    private void discover(String base, Iterable<JavaClass> classes) {
        Set<String> below = new TreeSet<>();
        boolean hasClasses = false;
        for (JavaClass type : classes) {
            String name = type.getPackageName();
            if (name.startsWith(base + ".")) {
                below.add(name.substring(base.length() + 1).split("\\.")[0]);
            }
            hasClasses |= name.equals(base) && !type.getSimpleName().equals("package-info");
        }
        below.removeIf(name -> isShared(base + "." + name));
        Set<String> features = new TreeSet<>(below);
        features.removeIf(name -> PackageNames.SHARED.contains(name) || PackageNames.LAYERS.contains(name));
        if (!features.stream().allMatch(PackageNames.CONTRACTS::contains)) {
            features.forEach(name -> byPackage.put(base + "." + name, name));
            below.stream().filter(PackageNames.SHARED::contains).forEach(name -> shared.add(base + "." + name));
        } else if (hasClasses || !PackageNames.SHARED.containsAll(below)) {
            byPackage.put(base, lastSegment(base));
        }
    }

    /**
     * Returns the names of the contexts.
     *
     * @return the declared or discovered contexts, sorted
     */
    public SortedSet<String> names() {
        return new TreeSet<>(declared);
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
        return shared.stream().anyMatch(prefix -> packageName.equals(prefix) || packageName.startsWith(prefix + "."));
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
            rest = rest.contains(".") ? rest.substring(0, rest.lastIndexOf('.')) : "";
        }
        return Optional.empty();
    }

    private static String lastSegment(String packageName) {
        return packageName.substring(packageName.lastIndexOf('.') + 1);
    }
}
