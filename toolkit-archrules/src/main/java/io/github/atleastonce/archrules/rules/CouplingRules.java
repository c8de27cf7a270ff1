package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Cycles;
import io.github.atleastonce.archrules.model.Declarations;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.EventType;
import io.github.atleastonce.archrules.model.Pair;
import io.github.atleastonce.archrules.model.Publication;
import io.github.atleastonce.archrules.model.References;
import io.github.atleastonce.archrules.model.Source;
import io.github.atleastonce.archrules.model.SyncEdge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rules for how much contexts know of each other. */
final class CouplingRules {

    private static final List<String> MESSAGING = List.of(
            "org.springframework.kafka.",
            "org.apache.kafka.",
            "org.springframework.amqp.",
            "org.springframework.jms.",
            "jakarta.jms.",
            "javax.jms.",
            "com.rabbitmq.",
            "org.springframework.cloud.stream.",
            "org.eclipse.microprofile.reactive.messaging.",
            "io.smallrye.reactive.messaging.",
            "io.micronaut.configuration.kafka.");

    private CouplingRules() {}

    static List<Violation> withinBudget(EventModel model) {
        Declarations declared = model.declared();
        List<Violation> violations = new ArrayList<>();
        model.knownForeignEvents().forEach((pair, known) -> {
            int budget = declared.budget(pair);
            if (known.size() > budget) {
                violations.add(Violation.of(
                        pair.toString(),
                        List.of(
                                "knows   " + known.size() + " events: " + String.join(", ", known),
                                "budget  " + budget + (declared.hasBudget(pair) ? "" : " (the default)")),
                        Set.of(pair.toString(), pair.from())));
            }
        });
        return violations;
    }

    static List<Violation> declaredCycles(EventModel model) {
        Map<String, Set<String>> publishersByConsumer = new TreeMap<>();
        Map<Pair, Set<String>> events = new TreeMap<>();
        for (EventType event : model.events()) {
            event.consumers().stream()
                    .filter(consumer ->
                            !consumer.equals(event.owner()) && !event.owner().isEmpty())
                    .forEach(consumer -> {
                        publishersByConsumer
                                .computeIfAbsent(consumer, key -> new TreeSet<>())
                                .add(event.owner());
                        events.computeIfAbsent(new Pair(consumer, event.owner()), key -> new TreeSet<>())
                                .add(event.wireName());
                    });
        }
        List<Violation> violations = new ArrayList<>();
        for (Set<String> cycle : Cycles.in(publishersByConsumer)) {
            if (!model.declared().isDeclaredFeedback(cycle)) {
                List<String> lines = events.entrySet().stream()
                        .filter(entry -> cycle.contains(entry.getKey().from())
                                && cycle.contains(entry.getKey().to()))
                        .map(entry -> Messages.line(
                                "listens", entry.getKey().toString(), String.join(", ", entry.getValue())))
                        .toList();
                violations.add(Violation.of(String.join(" ↔ ", cycle), Messages.some(lines), new HashSet<>(cycle)));
            }
        }
        return violations;
    }

    static List<Violation> onePublisher(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (EventType event : model.events()) {
            if (event.publishers().size() > 1) {
                violations.add(Violation.of(
                        event.type().getSimpleName() + ": " + String.join(", ", event.publishers()),
                        Messages.some(model.publications().stream()
                                .filter(publication -> publication
                                        .types()
                                        .contains(event.type().getName()))
                                .map(publication -> Messages.line(
                                        "from",
                                        publication.context() + ": " + Source.name(publication.method()),
                                        Source.at(publication.method(), publication.line())))
                                .distinct()
                                .toList()),
                        Messages.where(model, event.type())));
            }
        }
        return violations;
    }

    static List<Violation> oneTopicOwner(EventModel model) {
        Map<String, Map<String, Publication>> byTopic = new TreeMap<>();
        model.publications().stream()
                .filter(publication -> publication.delivery() != Publication.Delivery.LOCAL
                        && !publication.context().isEmpty()
                        && !isCommandOnly(model, publication))
                .forEach(publication -> publication
                        .channels()
                        .forEach(channel -> byTopic.computeIfAbsent(channel, key -> new TreeMap<>())
                                .putIfAbsent(publication.context(), publication)));
        List<Violation> violations = new ArrayList<>();
        byTopic.forEach((topic, owners) -> {
            if (owners.size() > 1 && !topic.matches("(?i).*(dlq|dlt|dead|retry|error|repl(y|ies)|command).*")) {
                violations.add(Violation.of(
                        "topic " + topic + ": " + String.join(", ", owners.keySet()),
                        owners.values().stream()
                                .map(publication -> Messages.line(
                                        "sends",
                                        Source.name(publication.method()),
                                        Source.at(publication.method(), publication.line())))
                                .toList(),
                        new HashSet<>(owners.keySet())));
            }
        });
        return violations;
    }

    private static boolean isCommandOnly(EventModel model, Publication publication) {
        return !publication.types().isEmpty()
                && publication.types().stream()
                        .allMatch(name -> model.type(name)
                                .map(type -> EventRules.isConcreteCommand(model, type))
                                .orElse(false));
    }

    static List<Violation> noSynchronousCalls(EventModel model) {
        Map<Pair, List<SyncEdge>> byPair = model.synchronousEdges().stream()
                .collect(Collectors.groupingBy(SyncEdge::pair, TreeMap::new, Collectors.toList()));
        List<Violation> violations = new ArrayList<>();
        byPair.forEach((pair, edges) -> {
            Set<String> where = new TreeSet<>(Set.of(pair.toString(), pair.from()));
            edges.forEach(edge -> where.addAll(List.of(edge.caller(), edge.via())));
            violations.add(Violation.of(
                    pair.toString(),
                    Messages.some(edges.stream()
                            .map(edge -> Messages.line("calls", edge.call(), edge.at()))
                            .toList()),
                    where));
        });
        return violations;
    }

    static List<Violation> synchronousChain(EventModel model) {
        Map<String, Set<String>> calls = new TreeMap<>();
        model.synchronousEdges()
                .forEach(edge -> calls.computeIfAbsent(edge.pair().from(), key -> new TreeSet<>())
                        .add(edge.pair().to()));
        List<String> longest = List.of();
        for (String start : calls.keySet()) {
            List<String> chain = longest(start, calls, new LinkedHashSet<>());
            longest = chain.size() > longest.size() ? chain : longest;
        }
        int budget = model.declared().synchronousChainBudget();
        return longest.size() - 1 <= budget
                ? List.of()
                : List.of(Violation.of(
                        String.join(" → ", longest),
                        List.of("chain   " + (longest.size() - 1) + " calls, budget " + budget),
                        new HashSet<>(longest)));
    }

    private static List<String> longest(String context, Map<String, Set<String>> calls, Set<String> onPath) {
        List<String> best = List.of();
        if (onPath.add(context)) {
            for (String next : calls.getOrDefault(context, Set.of())) {
                List<String> chain = longest(next, calls, onPath);
                best = chain.size() > best.size() ? chain : best;
            }
            onPath.remove(context);
            List<String> chain = new ArrayList<>(List.of(context));
            chain.addAll(best);
            return chain;
        }
        return best;
    }

    static List<Violation> noSharedEntities(EventModel model) {
        return foreign(model, "stores", type -> model.is(type, Role.ENTITY));
    }

    static List<Violation> noSharedRepositories(EventModel model) {
        return foreign(
                model,
                "uses",
                type -> model.is(type, Role.BEAN)
                        && type.getAllRawInterfaces().stream()
                                .anyMatch(parent ->
                                        parent.getName().equals("org.springframework.data.repository.Repository")));
    }

    private static List<Violation> foreign(
            EventModel model, String verb, java.util.function.Predicate<JavaClass> wanted) {
        Map<Pair, Set<String>> lines = new TreeMap<>();
        Map<Pair, Set<String>> where = new TreeMap<>();
        for (JavaClass type : model.classes()) {
            Optional<String> from = model.contextOf(type);
            if (from.isPresent()) {
                for (JavaClass used : model.usesOf(type)) {
                    Optional<String> to = model.isProject(used) ? model.contextOf(used) : Optional.empty();
                    if (to.isPresent() && !to.equals(from) && wanted.test(used)) {
                        Pair pair = new Pair(from.get(), to.get());
                        lines.computeIfAbsent(pair, key -> new TreeSet<>())
                                .add(Messages.line(
                                        verb,
                                        used.getSimpleName(),
                                        "by " + References.outermost(type).getSimpleName()));
                        where.computeIfAbsent(pair, key -> new TreeSet<>(Set.of(pair.toString(), pair.from())))
                                .addAll(List.of(used.getName(), type.getName()));
                    }
                }
            }
        }
        List<Violation> violations = new ArrayList<>();
        lines.forEach((pair, found) -> violations.add(
                Violation.of(pair.toString(), Messages.some(List.copyOf(found)), where.getOrDefault(pair, Set.of()))));
        return violations;
    }

    static List<Violation> noSharedTables(EventModel model) {
        Map<String, Map<String, JavaClass>> byTable = new TreeMap<>();
        for (JavaClass type : model.classes()) {
            table(type)
                    .ifPresent(table -> model.contextOf(type)
                            .ifPresent(context -> byTable.computeIfAbsent(table, key -> new TreeMap<>())
                                    .putIfAbsent(context, type)));
        }
        List<Violation> violations = new ArrayList<>();
        byTable.forEach((table, users) -> {
            if (users.size() > 1) {
                Set<String> where = new TreeSet<>(users.keySet());
                users.values().forEach(type -> where.add(type.getName()));
                violations.add(Violation.of(
                        "table " + table + ": " + String.join(", ", users.keySet()),
                        users.values().stream()
                                .map(type -> "maps    " + type.getSimpleName())
                                .toList(),
                        where));
            }
        });
        return violations;
    }

    /** Only tables that are named: without a name, equal class names need not mean the same table. */
    private static Optional<String> table(JavaClass type) {
        for (JavaAnnotation<?> annotation : type.getAnnotations()) {
            if (annotation.getRawType().getSimpleName().equals("Table")
                    || annotation.getRawType().getSimpleName().equals("Document")) {
                for (String attribute : List.of("name", "value", "collection")) {
                    String name = String.valueOf(annotation.get(attribute).orElse(""));
                    if (!name.isEmpty()) {
                        return Optional.of(String.valueOf(annotation
                                                .get("schema")
                                                .map(schema -> schema + ".")
                                                .orElse(""))
                                        .replaceFirst("^\\.", "")
                                + name);
                    }
                }
            }
        }
        return Optional.empty();
    }

    static List<Violation> domainWithoutMessaging(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (JavaClass type : model.classes()) {
            if (type.getPackageName().matches(".*\\.domain(\\..*)?")
                    && model.contextOf(type).isPresent()) {
                Set<String> lines = new TreeSet<>();
                References.of(type).stream()
                        .map(JavaClass::getName)
                        .filter(name -> MESSAGING.stream().anyMatch(name::startsWith))
                        .forEach(name -> lines.add("uses    " + name));
                if (!lines.isEmpty()) {
                    violations.add(Violation.of(
                            Messages.context(model, type) + ": " + type.getSimpleName(),
                            Messages.some(List.copyOf(lines)),
                            Messages.where(model, type)));
                }
            }
        }
        return violations;
    }
}
