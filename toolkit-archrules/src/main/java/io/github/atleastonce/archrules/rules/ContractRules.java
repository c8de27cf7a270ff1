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
final class ContractRules {

    private static final Pattern CONTRACT_PACKAGE = Pattern.compile(
            "(.*\\.)?(api|apis|client|command|commands|contract|contracts|event|events|message|messages|messaging\\.api|published|spi)(\\..*)?");

    private static final List<String> NEUTRAL = List.of(
            "java.",
            "javax.annotation.",
            "jakarta.annotation.",
            "javax.validation.",
            "jakarta.validation.",
            "com.fasterxml.jackson.annotation.",
            "com.fasterxml.jackson.databind.annotation.",
            "tools.jackson.databind.annotation.",
            "org.jmolecules.",
            "org.jspecify.",
            "org.jetbrains.annotations.",
            "javax.money.",
            "lombok.",
            "kotlin.",
            "org.springframework.modulith.",
            "io.swagger.v3.oas.annotations.",
            "edu.umd.cs.findbugs.annotations.",
            "org.checkerframework.");

    private ContractRules() {}

    static List<Violation> onlyPublished(EventModel model) {
        Set<JavaClass> contracts = contracts(model);
        Map<Pair, Map<String, String>> found = new TreeMap<>();
        Map<Pair, Set<String>> where = new TreeMap<>();
        for (JavaClass type : model.classes()) {
            Optional<String> from = model.contextOf(type);
            if (from.isEmpty()) {
                continue;
            }
            for (JavaClass used : model.usesOf(type)) {
                JavaClass target = References.element(used);
                Optional<String> to = model.isProject(target) ? model.contextOf(target) : Optional.empty();
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
        boolean modulith = usesModulith(model);
        Set<JavaClass> contracts = new HashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>();
        Map<String, Boolean> packages = new HashMap<>();
        for (JavaClass type : model.classes()) {
            if (model.event(type).isPresent()
                    || model.is(type, Role.COMMAND)
                    || model.is(type, Role.CONTRACT)
                    || model.is(type, Role.EVENT)
                    || packages.computeIfAbsent(type.getPackageName(), name -> isContractPackage(model, type))
                    || modulith && model.isAtRootOfContext(type)) {
                open.add(type);
            }
        }
        while (!open.isEmpty()) {
            JavaClass type = open.poll();
            if (contracts.add(type)) {
                type.getRawInterfaces().stream().filter(model::isProject).forEach(open::add);
                type.getRawSuperclass().filter(model::isProject).ifPresent(open::add);
                for (JavaField field : type.getFields()) {
                    if (!field.getModifiers().contains(JavaModifier.STATIC)) {
                        field.getType().getAllInvolvedRawTypes().stream()
                                .map(References::element)
                                .filter(part -> model.isProject(part) && isValue(model, part))
                                .forEach(open::add);
                    }
                }
            }
        }
        return contracts;
    }

    private static boolean isValue(EventModel model, JavaClass type) {
        return !model.is(type, Role.ENTITY) && !model.is(type, Role.BEAN);
    }

    private static boolean usesModulith(EventModel model) {
        return model.classes().stream()
                .anyMatch(type -> type.getAnnotations().stream()
                        .anyMatch(annotation ->
                                annotation.getRawType().getName().startsWith("org.springframework.modulith.")));
    }

    private static boolean isContractPackage(EventModel model, JavaClass type) {
        String base = model.declared().bases().stream()
                .filter(type.getPackageName()::startsWith)
                .findFirst()
                .orElse("");
        return CONTRACT_PACKAGE
                        .matcher(type.getPackageName().substring(base.length()))
                        .matches()
                || type.getPackage().isAnnotatedWith("org.springframework.modulith.NamedInterface");
    }

    static List<Violation> contractsWithoutInternals(EventModel model) {
        Set<JavaClass> contracts = contracts(model);
        List<Violation> violations = new ArrayList<>();
        for (EventType event : model.events()) {
            Set<String> lines = new TreeSet<>();
            for (JavaClass used : model.usesOf(event.type())) {
                JavaClass target = References.element(used);
                if (model.isProject(target)
                        && !contracts.contains(target)
                        && !contracts.contains(References.outermost(target))
                        && model.contextOf(target).isPresent()) {
                    lines.add(Messages.line("uses", simple(target), "of " + Messages.context(model, target)));
                }
            }
            if (!lines.isEmpty()) {
                violations.add(Violation.of(
                        Messages.context(model, event.type()) + ": "
                                + event.type().getSimpleName(),
                        Messages.some(List.copyOf(lines)),
                        Messages.where(model, event.type())));
            }
        }
        return violations;
    }

    static List<Violation> frameworkFree(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (EventType event : model.events()) {
            if (model.is(event.type(), Role.GENERATED)) {
                continue;
            }
            Set<String> lines = new TreeSet<>();
            for (JavaClass used : shapeOf(event.type())) {
                String name = References.element(used).getName();
                if (!References.element(used).isPrimitive()
                        && !model.isProject(References.element(used))
                        && NEUTRAL.stream().noneMatch(name::startsWith)
                        && !model.declared().isContractLibrary(name)
                        && !model.is(used, Role.EVENT)) {
                    lines.add("uses    " + name);
                }
            }
            if (!lines.isEmpty()) {
                violations.add(Violation.of(
                        Messages.context(model, event.type()) + ": "
                                + event.type().getSimpleName(),
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

    static List<Violation> compatible(EventModel model) {
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
