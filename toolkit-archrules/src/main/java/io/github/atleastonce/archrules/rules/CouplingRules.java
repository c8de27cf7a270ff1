package io.github.atleastonce.archrules.rules;

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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rules for how much contexts know of each other. */
public final class CouplingRules {

    private CouplingRules() {}

    /** A context knows only a few events of another. */
    public static final Rule FOREIGN_EVENTS_WITHIN_BUDGET = Rule.of(
            "foreign_events_within_budget",
            Theme.COUPLING,
            Severity.ERROR,
            "each event type known is one more reason to change together.",
            "consume a coarser event, move the behaviour to where the events are, or raise the budget on purpose.",
            CouplingRules::withinBudget);

    private static List<Violation> withinBudget(EventModel model) {
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

    /** Contexts that listen to each other say so. */
    public static final Rule SUBSCRIPTION_CYCLES_SHOULD_BE_DECLARED = Rule.of(
            "subscription_cycles_should_be_declared",
            Theme.COUPLING,
            Severity.WARN,
            "in a cycle no context can be understood, deployed or replayed alone, and events can chase each other.",
            "break the cycle, or declare it with feedback(…) if it is a saga without a conductor.",
            CouplingRules::declaredCycles);

    private static List<Violation> declaredCycles(EventModel model) {
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

    /** One context speaks for each event. */
    public static final Rule EVENTS_SHOULD_HAVE_ONE_PUBLISHING_CONTEXT = Rule.of(
            "events_should_have_one_publishing_context",
            Theme.COUPLING,
            Severity.ERROR,
            "two publishers will come to mean two things by the same event.",
            "let the owner of the state publish; others publish an event of their own.",
            CouplingRules::onePublisher);

    private static List<Violation> onePublisher(EventModel model) {
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

    /** One context writes to each topic. */
    public static final Rule TOPICS_SHOULD_HAVE_ONE_OWNER = Rule.of(
            "topics_should_have_one_owner",
            Theme.COUPLING,
            Severity.WARN,
            "nobody can promise the order or the schema of a topic to which several contexts write.",
            "give each context a topic of its own.",
            CouplingRules::oneTopicOwner);

    private static List<Violation> oneTopicOwner(EventModel model) {
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
                        .allMatch(name -> model.project()
                                .type(name)
                                .map(type -> EventRules.isConcreteCommand(model, type))
                                .orElse(false));
    }

    /** Contexts do not wait for each other. */
    public static final Rule CONTEXTS_SHOULD_NOT_CALL_EACH_OTHER_SYNCHRONOUSLY = Rule.of(
            "contexts_should_not_call_each_other_synchronously",
            Theme.COUPLING,
            Severity.WARN,
            "the caller is only up while the called is up, and as slow.",
            "keep a copy of the needed data from its events, or send a command.",
            CouplingRules::noSynchronousCalls);

    private static List<Violation> noSynchronousCalls(EventModel model) {
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

    /** Chains of synchronous calls stay short. */
    public static final Rule SYNC_CHAIN_WITHIN_BUDGET = Rule.of(
            "sync_chain_within_budget",
            Theme.COUPLING,
            Severity.WARN,
            "availabilities multiply and latencies add along the chain.",
            "break the chain with an event, or raise synchronousChainBudget(…) on purpose.",
            CouplingRules::synchronousChain);

    private static List<Violation> synchronousChain(EventModel model) {
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

    /** An entity belongs to one context. */
    public static final Rule CONTEXTS_SHOULD_NOT_SHARE_ENTITIES = SharedStateRules.CONTEXTS_SHOULD_NOT_SHARE_ENTITIES;

    /** A repository belongs to one context. */
    public static final Rule CONTEXTS_SHOULD_NOT_SHARE_REPOSITORIES =
            SharedStateRules.CONTEXTS_SHOULD_NOT_SHARE_REPOSITORIES;

    /** A table belongs to one context. */
    public static final Rule CONTEXTS_SHOULD_NOT_SHARE_TABLES = SharedStateRules.CONTEXTS_SHOULD_NOT_SHARE_TABLES;

    /** The domain model is free of messaging. */
    public static final Rule DOMAIN_SHOULD_NOT_KNOW_MESSAGING = Rule.of(
            "domain_should_not_know_messaging",
            Theme.COUPLING,
            Severity.WARN,
            "business rules that need a broker cannot be tested or reused without one.",
            "let an adapter outside of the domain package talk to the broker.",
            CouplingRules::domainWithoutMessaging);

    private static List<Violation> domainWithoutMessaging(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (JavaClass type : model.project().classes()) {
            if (type.getPackageName().matches(".*\\.domain(\\..*)?")
                    && model.contexts().of(type).isPresent()) {
                Set<String> lines = new TreeSet<>();
                References.of(type).stream()
                        .map(JavaClass::getName)
                        .filter(name -> model.types().isIn(name, Role.MESSAGING))
                        .forEach(name -> lines.add("uses    " + name));
                if (!lines.isEmpty()) {
                    violations.add(Violation.of(
                            Messages.prefix(model, type) + type.getSimpleName(),
                            Messages.some(List.copyOf(lines)),
                            Messages.where(model, type)));
                }
            }
        }
        return violations;
    }
}
