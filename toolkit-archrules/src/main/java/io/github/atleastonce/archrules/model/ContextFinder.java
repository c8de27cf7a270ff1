package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds where contexts are: where it is declared, or else where something marks them. Packages alone mark none, since features and
 * layers of one service look the same; what they look like is only told.
 */
final class ContextFinder {

    private final Declarations declarations;
    private final Collection<JavaClass> classes;
    private final Types types;
    private final Map<String, String> byPackage = new TreeMap<>();
    private final Set<String> shared = new TreeSet<>();
    private final SortedMap<String, String> guessed = new TreeMap<>();

    ContextFinder(Declarations declarations, Collection<JavaClass> classes, Types types) {
        this.declarations = declarations;
        this.classes = classes;
        this.types = types;
        shared.addAll(declarations.shared());
        if (!declarations.contexts().isEmpty()) {
            declarations.contexts().forEach((name, packages) -> packages.forEach(where -> byPackage.put(where, name)));
        } else if (declarations.contextPerPackage) {
            declarations.bases().forEach(this::onePerPackage);
        } else {
            marked();
        }
        if (byPackage.isEmpty()) {
            declarations.bases().forEach(this::oneOf);
        } else {
            shareTheUsual();
        }
    }

    Map<String, String> byPackage() {
        return byPackage;
    }

    Set<String> shared() {
        return shared;
    }

    /** Packages by name. */
    SortedMap<String, String> guessed() {
        return guessed;
    }

    private void onePerPackage(String base) {
        Set<String> features = featuresBelow(base);
        if (!features.stream().allMatch(PackageNames.CONTRACTS::contains)) {
            features.forEach(name -> byPackage.put(base + "." + name, name));
        }
    }

    private Set<String> featuresBelow(String base) {
        Set<String> features = below(base);
        features.removeIf(name -> PackageNames.SHARED.contains(name)
                || PackageNames.LAYERS.contains(name)
                || shared.contains(base + "." + name));
        return features;
    }

    /** The names of the packages directly below, whether or not these hold classes themselves. */
    private Set<String> below(String parent) {
        Set<String> below = new TreeSet<>();
        for (JavaClass type : classes) {
            String name = type.getPackageName();
            if (name.startsWith(parent + ".")) {
                below.add(name.substring(parent.length() + 1).split("\\.")[0]);
            }
        }
        return below;
    }

    private void marked() {
        for (JavaClass type : classes) {
            for (Fact fact : types.annotations(type)) {
                if (fact.role() == Role.CONTEXT) {
                    mark(type.getPackageName(), fact);
                }
            }
        }
        if (byPackage.isEmpty()) {
            Set<String> applications = new TreeSet<>();
            classes.stream()
                    .filter(type -> types.bears(type, Role.APPLICATION))
                    .forEach(type -> applications.add(type.getPackageName()));
            several(applications);
        }
        if (byPackage.isEmpty()) {
            several(new TreeSet<>(BuildModules.deployed(classes)));
        }
    }

    /** Module systems know more modules than those which are marked: the marked one's siblings, or all packages of an application. */
    private void mark(String where, Fact fact) {
        boolean below = fact.options().containsKey("below");
        if (!below) {
            byPackage.put(where, PackageNames.last(where));
        }
        if (below || fact.options().containsKey("siblings")) {
            String parent = below ? where : PackageNames.parent(where);
            below(parent).stream()
                    .filter(name -> !PackageNames.SHARED.contains(name))
                    .forEach(name -> byPackage.put(parent + "." + name, name));
        }
    }

    /** One alone marks nothing: all is its. */
    private void several(Set<String> roots) {
        if (roots.size() > 1) {
            for (String root : roots) {
                String widened = widened(root, roots);
                byPackage.put(widened, nameOf(widened));
            }
        }
    }

    /** An application in {@code com.acme.order.boot} stands for all of {@code com.acme.order}. */
    private static String widened(String root, Set<String> roots) {
        String widened = root;
        while (PackageNames.isGeneric(PackageNames.last(widened))) {
            String parent = PackageNames.parent(widened);
            if (parent.isEmpty()
                    || roots.stream().anyMatch(other -> !other.equals(root) && PackageNames.isIn(other, parent))) {
                return widened;
            }
            widened = parent;
        }
        return widened;
    }

    private static String nameOf(String packageName) {
        String rest = packageName;
        while (PackageNames.isGeneric(PackageNames.last(rest)) && rest.contains(".")) {
            rest = PackageNames.parent(rest);
        }
        return PackageNames.last(rest);
    }

    private void oneOf(String base) {
        boolean isAny = classes.stream()
                .map(JavaClass::getPackageName)
                .anyMatch(name -> name.equals(base)
                        || name.startsWith(base + ".")
                                && !PackageNames.SHARED.contains(
                                        name.substring(base.length() + 1).split("\\.")[0]));
        if (isAny) {
            byPackage.put(base, PackageNames.last(base));
            Set<String> features = featuresBelow(base);
            features.removeIf(PackageNames.CONTRACTS::contains);
            if (features.size() > 1) {
                features.forEach(name -> guessed.put(name, base + "." + name));
            }
        }
    }

    private void shareTheUsual() {
        for (String base : declarations.bases()) {
            PackageNames.SHARED.stream()
                    .map(name -> base + "." + name)
                    .filter(name -> !byPackage.containsKey(name))
                    .forEach(shared::add);
        }
    }
}
