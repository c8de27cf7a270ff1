package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.github.atleastonce.archrules.contract.ContractBaseline;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.EventType;
import io.github.atleastonce.archrules.model.Pair;
import io.github.atleastonce.archrules.model.References;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rules for what contexts show each other. */
public final class ContractRules {

    private static final Pattern CONTRACT_PACKAGE = Pattern.compile(
            "(.*\\.)?(api|apis|client|command|commands|contract|contracts|event|events|message|messages|messaging\\.api|published|spi)(\\..*)?");

    private ContractRules() {}

    /** Contexts use of each other only what is meant to be used. */
    public static final Rule CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS = Rule.of(
            "contexts_should_use_only_published_contracts",
            Theme.CONTRACTS,
            Severity.ERROR,
            "what is used from outside cannot be changed inside without asking the other team.",
            "publish an event or an API type for this need, or move the type to an 'api' or 'events' package of its context.",
            ContractRules::onlyPublished);

    private static List<Violation> onlyPublished(EventModel model) {
        Set<JavaClass> contracts = contracts(model);
        Map<Pair, Map<String, String>> found = new TreeMap<>();
        Map<Pair, Set<String>> where = new TreeMap<>();
        for (JavaClass type : model.project().classes()) {
            Optional<String> from = model.contexts().of(type);
            if (from.isEmpty()) {
                continue;
            }
            for (JavaClass used : model.project().usesOf(type)) {
                JavaClass target = References.element(used);
                Optional<String> to =
                        model.project().contains(target) ? model.contexts().of(target) : Optional.empty();
                if (to.isPresent()
                        && !to.equals(from)
                        && !contracts.contains(target)
                        && !contracts.contains(References.outermost(target))) {
                    Pair pair = new Pair(from.get(), to.get());
                    found.computeIfAbsent(pair, key -> new TreeMap<>())
                            .put(
                                    Messages.line(
                                            "uses",
                                            simple(References.outermost(target)),
                                            "by " + simple(References.outermost(type))),
                                    target.getName());
                    where.computeIfAbsent(pair, key -> new TreeSet<>(Set.of(pair.from(), pair.toString())))
                            .addAll(List.of(
                                    target.getName(),
                                    References.outermost(target).getName()));
                }
            }
        }
        List<Violation> violations = new ArrayList<>();
        found.forEach((pair, lines) -> violations.add(Violation.of(
                pair.toString(), Messages.some(List.copyOf(lines.keySet())), where.getOrDefault(pair, Set.of()))));
        return violations;
    }

    /** What a context shows: events, commands, packages named for it, what is declared, and what these are made of. */
    static Set<JavaClass> contracts(EventModel model) {
        Set<JavaClass> contracts = new HashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>();
        Map<String, Boolean> packages = new HashMap<>();
        for (JavaClass type : model.project().classes()) {
            if (model.event(type).isPresent()
                    || model.types().is(type, Role.COMMAND)
                    || model.types().is(type, Role.CONTRACT)
                    || model.types().is(type, Role.EVENT)
                    || packages.computeIfAbsent(type.getPackageName(), name -> isContractPackage(model, type))) {
                open.add(type);
            }
        }
        while (!open.isEmpty()) {
            JavaClass type = open.poll();
            if (contracts.add(type)) {
                type.getRawInterfaces().stream()
                        .filter(part -> isOfSameHouse(model, type, part))
                        .forEach(open::add);
                type.getRawSuperclass()
                        .filter(part -> isOfSameHouse(model, type, part))
                        .ifPresent(open::add);
                for (JavaField field : type.getFields()) {
                    if (!field.getModifiers().contains(JavaModifier.STATIC)) {
                        field.getType().getAllInvolvedRawTypes().stream()
                                .map(References::element)
                                .filter(part -> isOfSameHouse(model, type, part) && isValue(model, part))
                                .forEach(open::add);
                    }
                }
            }
        }
        if (usesModulith(model)) {
            model.project().classes().stream()
                    .filter(model.contexts()::isAtRoot)
                    .forEach(contracts::add);
        }
        return contracts;
    }

    /** A context shows what its own contracts are made of; what another one has inside is not its to show. */
    private static boolean isOfSameHouse(EventModel model, JavaClass contract, JavaClass part) {
        return model.project().contains(part)
                && model.contexts().of(part).equals(model.contexts().of(contract));
    }

    private static boolean isValue(EventModel model, JavaClass type) {
        return !model.types().is(type, Role.ENTITY) && !model.types().is(type, Role.BEAN);
    }

    private static boolean usesModulith(EventModel model) {
        return model.project().classes().stream().anyMatch(type -> model.types().bears(type, Role.MODULE));
    }

    private static boolean isContractPackage(EventModel model, JavaClass type) {
        String base = model.declared().bases().stream()
                .filter(type.getPackageName()::startsWith)
                .findFirst()
                .orElse("");
        return CONTRACT_PACKAGE
                        .matcher(type.getPackageName().substring(base.length()))
                        .matches()
                || model.types().bears(type.getPackage(), Role.CONTRACT);
    }

    /** Contracts stand on contracts. */
    public static final Rule CONTRACTS_SHOULD_NOT_DEPEND_ON_INTERNALS = Rule.of(
            "contracts_should_not_depend_on_internals",
            Theme.CONTRACTS,
            Severity.ERROR,
            "whoever uses the contract then depends on the inside as well.",
            "let the mapping from inner types to the event live inside, not in the event.",
            ContractRules::contractsWithoutInternals);

    private static List<Violation> contractsWithoutInternals(EventModel model) {
        Set<JavaClass> contracts = contracts(model);
        List<Violation> violations = new ArrayList<>();
        for (EventType event : model.ownEvents()) {
            Set<String> lines = new TreeSet<>();
            for (JavaClass used : model.project().usesOf(event.type())) {
                JavaClass target = References.element(used);
                if (model.project().contains(target)
                        && !contracts.contains(target)
                        && !contracts.contains(References.outermost(target))
                        && model.contexts().of(target).isPresent()) {
                    lines.add(Messages.line("uses", simple(target), "of " + Messages.context(model, target)));
                }
            }
            if (!lines.isEmpty()) {
                violations.add(Violation.of(
                        Messages.prefix(model, event.type()) + event.type().getSimpleName(),
                        Messages.some(List.copyOf(lines)),
                        Messages.where(model, event.type())));
            }
        }
        return violations;
    }

    /** Contracts do not force libraries on consumers. */
    public static final Rule EVENT_CONTRACTS_SHOULD_BE_FRAMEWORK_FREE = Rule.of(
            "event_contracts_should_be_framework_free",
            Theme.CONTRACTS,
            Severity.WARN,
            "a consumer of the event would need the publisher's framework, in the publisher's version.",
            "use types of the JDK in the event, or permit the library with contractLibraries(…).",
            ContractRules::frameworkFree);

    private static List<Violation> frameworkFree(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (EventType event : model.ownEvents()) {
            if (model.types().is(event.type(), Role.GENERATED)) {
                continue;
            }
            Set<String> lines = new TreeSet<>();
            for (JavaClass used : shapeOf(event.type())) {
                String name = References.element(used).getName();
                if (!References.element(used).isPrimitive()
                        && !model.project().contains(References.element(used))
                        && !model.types().isIn(name, Role.NEUTRAL)
                        && !model.declared().isContractLibrary(name)
                        && !model.types().is(used, Role.EVENT)) {
                    lines.add("uses    " + name);
                }
            }
            if (!lines.isEmpty()) {
                violations.add(Violation.of(
                        Messages.prefix(model, event.type()) + event.type().getSimpleName(),
                        Messages.some(List.copyOf(lines)),
                        Messages.where(model, event.type())));
            }
        }
        return violations;
    }

    /** What others compile against: supertypes, annotations, fields, signatures; not the code inside. */
    private static Set<JavaClass> shapeOf(JavaClass type) {
        Set<JavaClass> shape = new HashSet<>(type.getRawInterfaces());
        type.getRawSuperclass().ifPresent(shape::add);
        type.getAnnotations().forEach(annotation -> shape.add(annotation.getRawType()));
        type.getFields().forEach(field -> shape.addAll(field.getType().getAllInvolvedRawTypes()));
        for (JavaMethod method : type.getMethods()) {
            shape.addAll(method.getRawParameterTypes());
            shape.add(method.getRawReturnType());
        }
        return shape;
    }

    /** Events stay readable for those who know them. */
    public static final Rule EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE = Rule.of(
                    "event_contracts_should_stay_compatible",
                    Theme.CONTRACTS,
                    Severity.ERROR,
                    "consumers, and messages already stored, still have the old shape.",
                    "add what may be absent (Avro: with a default) instead of changing, keep an old name as an alias (@JsonAlias,"
                            + " Avro's aliases), or publish a new event beside the old; if all consumers are ready, accept the new"
                            + " shape with -Datleastonce.archrules.accept=contracts.",
                    ContractRules::compatible)
            .needing(model -> model.declared().contractBaseline() == null
                    ? Optional.of("no baseline is declared; see Architecture.contractBaseline(path)")
                    : Optional.empty());

    private static List<Violation> compatible(EventModel model) {
        Path file = model.declared().contractBaseline();
        if (file == null) {
            return List.of();
        }
        if (!Files.exists(file)) {
            return List.of(Violation.of(
                    "no accepted contracts",
                    List.of("missing " + file, "accept  -Datleastonce.archrules.accept=contracts"),
                    Set.of(file.toString())));
        }
        Map<String, List<String>> breaks = ContractBaseline.read(file)
                .breaks(ContractBaseline.of(model), model.declared().contractCompatibility());
        List<Violation> violations = new ArrayList<>();
        breaks.forEach((event, lines) -> violations.add(Violation.of("event " + event, lines, Set.of(event))));
        return violations;
    }

    private static String simple(JavaClass type) {
        return type.getName()
                .substring(
                        type.getPackageName().isEmpty()
                                ? 0
                                : type.getPackageName().length() + 1)
                .replace('$', '.');
    }
}
