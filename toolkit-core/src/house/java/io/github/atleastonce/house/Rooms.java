package io.github.atleastonce.house;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The floor plan of a module: its packages, and which of them each may use. A package that is not on the plan, sub-packages
 * included, does not belong to the house.
 */
public final class Rooms {

    private final String root;
    private final Map<String, List<String>> mayUse = new LinkedHashMap<>();
    private final Map<String, List<String>> libraries = new LinkedHashMap<>();
    private final List<String> jdkOnly = new ArrayList<>();
    private final List<String> deterministic = new ArrayList<>();
    private final Set<String> extensionPoints = new LinkedHashSet<>();
    private final Set<String> printers = new LinkedHashSet<>();

    private Rooms(String root) {
        this.root = root;
    }

    /** Draws a plan of the packages below {@code root}; the empty name is the root package itself. */
    public static Rooms under(String root) {
        return new Rooms(root);
    }

    /** Adds a room, with the rooms that it may use; rooms that nobody has built yet may stand on the plan. */
    public Rooms room(String name, String... mayUse) {
        this.mayUse.put(name, List.of(mayUse));
        return this;
    }

    /** Names rooms that use nothing but the JDK and the rooms granted to them. */
    public Rooms jdkOnly(String... rooms) {
        jdkOnly.addAll(List.of(rooms));
        return this;
    }

    /** Names rooms without wall clock and without unseeded randomness. */
    public Rooms deterministic(String... rooms) {
        deterministic.addAll(List.of(rooms));
        return this;
    }

    /** Confines the packages that begin with {@code prefix} to some rooms, so that others run in their absence. */
    public Rooms library(String prefix, String... rooms) {
        libraries.put(prefix, List.of(rooms));
        return this;
    }

    /** Names public types that users may extend; all others are final. */
    public Rooms extensionPoints(String... classNames) {
        extensionPoints.addAll(List.of(classNames));
        return this;
    }

    /** Names the classes that print. */
    public Rooms printers(String... classNames) {
        printers.addAll(List.of(classNames));
        return this;
    }

    Set<String> printers() {
        return printers;
    }

    Set<String> names() {
        return mayUse.keySet();
    }

    Set<String> packagesUsableBy(String room) {
        Set<String> usable = new LinkedHashSet<>();
        usable.add(packageOf(room));
        mayUse.getOrDefault(room, List.of()).forEach(other -> usable.add(packageOf(other)));
        return usable;
    }

    String packageOf(String room) {
        return room.isEmpty() ? root : root + "." + room;
    }

    String root() {
        return root;
    }

    List<String> jdkOnly() {
        return jdkOnly;
    }

    List<String> deterministic() {
        return deterministic;
    }

    Map<String, List<String>> libraries() {
        return libraries;
    }

    Set<String> extensionPoints() {
        return extensionPoints;
    }
}
