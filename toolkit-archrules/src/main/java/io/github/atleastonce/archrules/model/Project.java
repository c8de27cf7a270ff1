package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The imported classes and which types they name. Not thread-safe. */
public final class Project {

    private final Map<String, JavaClass> byName = new LinkedHashMap<>();

    /** Asked for each access: names are long, and alike in most of their letters. */
    private final Set<JavaClass> own = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Map<JavaClass, Set<JavaClass>> uses = new IdentityHashMap<>();
    private final Map<JavaClass, JavaClass> usersOfLibraries = new IdentityHashMap<>();
    private final Map<String, JavaClass> libraries = new HashMap<>();
    private final Map<JavaClass, Set<JavaClass>> usersOfWatched = new IdentityHashMap<>();
    private Predicate<String> watched = name -> false;

    Project(Iterable<JavaClass> classes) {
        for (JavaClass type : classes) {
            byName.put(type.getName(), type);
            own.add(type);
        }
    }

    /** Sorted by name, since ArchUnit keeps no order. */
    static Project of(Collection<JavaClass> classes) {
        return new Project(classes.stream()
                .sorted(Comparator.comparing(JavaClass::getName))
                .toList());
    }

    void use(JavaClass type, JavaClass other) {
        if (other == type) {
            return;
        }
        JavaClass element = other.isArray() ? References.element(other) : other;
        if (contains(element)) {
            if (element != type) {
                uses.computeIfAbsent(type, key -> Collections.newSetFromMap(new IdentityHashMap<>()))
                        .add(element);
            }
        } else {
            if (usersOfLibraries.putIfAbsent(element, type) == null) {
                libraries.put(element.getName(), element);
                if (watched.test(element.getName())) {
                    usersOfWatched.put(element, Collections.newSetFromMap(new IdentityHashMap<>()));
                }
            }
            Set<JavaClass> users = usersOfWatched.get(element);
            if (users != null) {
                users.add(type);
            }
        }
    }

    /** Keeps all users of some types of libraries; to keep those of all would cost too much. */
    void watch(Predicate<String> names) {
        watched = names;
    }

    /** The watched types of libraries that the project names, each with the classes that name it. */
    Map<JavaClass, Set<JavaClass>> usersOfWatched() {
        return usersOfWatched;
    }

    /**
     * Returns the imported classes.
     *
     * @return the project's own classes, sorted by name
     */
    public Collection<JavaClass> classes() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /**
     * Tells whether a class is one of the imported ones.
     *
     * @param type a class
     * @return whether it is the project's own
     */
    public boolean contains(JavaClass type) {
        return own.contains(type);
    }

    /**
     * Returns an imported class by its name.
     *
     * @param name a qualified name
     * @return the class, or empty if it was not imported
     */
    public Optional<JavaClass> type(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** A type outside of the project that it names. */
    Optional<JavaClass> libraryType(String name) {
        return Optional.ofNullable(libraries.get(name));
    }

    /**
     * Returns the project's other classes that a class names.
     *
     * @param type a class of the project
     * @return the classes, arrays replaced by what they are made of
     */
    public Set<JavaClass> usesOf(JavaClass type) {
        return uses.getOrDefault(type, Set.of());
    }

    /**
     * Returns the types outside of the project that it names.
     *
     * @return the types, each with one class of the project that names it
     */
    public Map<JavaClass, JavaClass> usersOfLibraries() {
        return Collections.unmodifiableMap(usersOfLibraries);
    }
}
