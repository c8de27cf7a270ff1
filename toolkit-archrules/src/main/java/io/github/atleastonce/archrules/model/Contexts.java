package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Assigns classes to contexts: the longest declared package wins. */
final class Contexts {

    /** Package names that by custom hold code of no context. */
    private static final Set<String> SHARED = Set.of(
            "common",
            "commons",
            "shared",
            "sharedkernel",
            "kernel",
            "config",
            "configuration",
            "util",
            "utils",
            "support",
            "lib",
            "infrastructure",
            "boot",
            "app");

    private final Map<String, String> byPackage = new TreeMap<>();
    private final Set<String> shared = new TreeSet<>();
    private final Set<String> declared;
    private final Map<String, Optional<String>> assigned = new HashMap<>();

    Contexts(Architecture architecture, Iterable<JavaClass> classes, Types types) {
        shared.addAll(architecture.shared());
        if (!architecture.contexts().isEmpty()) {
            architecture.contexts().forEach((name, packages) -> packages.forEach(where -> byPackage.put(where, name)));
            for (String base : architecture.bases()) {
                SHARED.stream()
                        .map(name -> base + "." + name)
                        .filter(name -> !byPackage.containsKey(name))
                        .forEach(shared::add);
            }
            declared = architecture.contexts().keySet();
            return;
        }
        for (JavaClass type : classes) {
            if (type.getSimpleName().equals("package-info") && types.isAnnotated(type, Role.CONTEXT)) {
                byPackage.put(type.getPackageName(), lastSegment(type.getPackageName()));
            }
        }
        if (byPackage.isEmpty()) {
            discover(architecture.bases(), classes);
        }
        declared = new TreeSet<>(byPackage.values());
    }

    private void discover(List<String> bases, Iterable<JavaClass> classes) {
        for (JavaClass type : classes) {
            for (String base : bases) {
                if (type.getPackageName().startsWith(base + ".")) {
                    String name =
                            type.getPackageName().substring(base.length() + 1).split("\\.")[0];
                    if (SHARED.contains(name)) {
                        shared.add(base + "." + name);
                    } else if (!isShared(base + "." + name)) {
                        byPackage.put(base + "." + name, name);
                    }
                }
            }
        }
    }

    Set<String> names() {
        return declared;
    }

    Optional<String> of(JavaClass type) {
        return assigned.computeIfAbsent(type.getPackageName(), this::find);
    }

    boolean isShared(String packageName) {
        return shared.stream().anyMatch(prefix -> packageName.equals(prefix) || packageName.startsWith(prefix + "."));
    }

    boolean isRootOfContext(String packageName) {
        return byPackage.containsKey(packageName);
    }

    private Optional<String> find(String packageName) {
        String rest = packageName;
        while (!rest.isEmpty()) {
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
