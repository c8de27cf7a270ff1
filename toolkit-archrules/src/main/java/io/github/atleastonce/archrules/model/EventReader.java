package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the events: what is published or listened to, and what is marked as an event. */
final class EventReader {

    /** The form of a type may be said after its name. */
    private static final Pattern NO_EVENT = Pattern.compile(
            ".*(Command|Request|Reply|Response|Query)((Avro|Proto|Json|Xml|Dto|DTO|Model|Message|Msg|Payload|Record|V?\\d+)*)$");

    private final Project project;
    private final Types types;
    private final Contexts contexts;
    private final Map<String, Set<String>> publishers = new HashMap<>();
    private final Map<String, Set<String>> consumers = new HashMap<>();

    EventReader(Project project, Types types, Contexts contexts) {
        this.project = project;
        this.types = types;
        this.contexts = contexts;
    }

    Map<String, EventType> read(
            List<Publication> publications, List<Consumption> consumptions, Map<String, String> wireNames) {
        Map<String, JavaClass> found = new TreeMap<>();
        publications.forEach(publication ->
                publication.types().forEach(type -> collect(type, publication.context(), publishers, found)));
        consumptions.stream()
                .filter(consumption -> !consumption.isCommandHandler())
                .forEach(consumption ->
                        consumption.types().forEach(type -> collect(type, consumption.context(), consumers, found)));
        for (JavaClass type : project.classes()) {
            if (types.is(type, Role.EVENT) && isConcrete(type)) {
                found.putIfAbsent(type.getName(), type);
            }
        }
        found.values().removeIf(this::isNoEvent);
        WireNames names = new WireNames(wireNames, types, found.values(), publishers.keySet());
        Map<String, Set<String>> publishersByWireName = new HashMap<>();
        found.forEach((name, type) -> publishersByWireName
                .computeIfAbsent(names.of(type), key -> new TreeSet<>())
                .addAll(publishers.getOrDefault(name, Set.of())));
        Map<String, EventType> events = new TreeMap<>();
        found.forEach((name, type) -> events.put(name, event(type, names.of(type), publishersByWireName)));
        return events;
    }

    private EventType event(JavaClass type, String wireName, Map<String, Set<String>> publishersByWireName) {
        Set<String> own = publishers.getOrDefault(type.getName(), Set.of());
        Set<String> listening = consumers.getOrDefault(type.getName(), Set.of());
        String home = contexts.nameOf(type);
        Set<String> others = publishersByWireName.getOrDefault(wireName, Set.of());
        String owner = home;
        if (own.size() == 1) {
            owner = own.iterator().next();
        } else if (own.isEmpty() && listening.contains(home) && others.size() == 1) {
            owner = others.iterator().next();
        }
        return new EventType(type, wireName, owner, own, listening);
    }

    /** A family of events, such as a sealed interface, stands for its members. */
    private void collect(String name, String context, Map<String, Set<String>> byType, Map<String, JavaClass> found) {
        project.type(name).or(() -> project.libraryType(name)).ifPresent(type -> {
            Set<JavaClass> members = new java.util.LinkedHashSet<>();
            if (isConcrete(type)) {
                members.add(type);
            } else {
                type.getAllSubclasses().stream()
                        .filter(this::isConcrete)
                        .filter(project::contains)
                        .forEach(members::add);
            }
            for (JavaClass member : members) {
                found.put(member.getName(), member);
                if (!context.isEmpty()) {
                    byType.computeIfAbsent(member.getName(), key -> new TreeSet<>())
                            .add(context);
                }
            }
        });
    }

    private boolean isConcrete(JavaClass type) {
        return !type.isInterface()
                && !type.isAnnotation()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT);
    }

    private boolean isNoEvent(JavaClass type) {
        return types.is(type, Role.COMMAND)
                || types.is(type, Role.ENTITY)
                || types.is(type, Role.OUTBOX)
                || types.is(type, Role.INBOX)
                || NO_EVENT.matcher(type.getSimpleName()).matches();
    }
}
