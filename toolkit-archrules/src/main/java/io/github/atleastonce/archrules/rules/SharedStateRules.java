package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Pair;
import io.github.atleastonce.archrules.model.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules of {@link CouplingRules} for state that more than one context touches. */
final class SharedStateRules {

    private SharedStateRules() {}

    static final Rule CONTEXTS_SHOULD_NOT_SHARE_ENTITIES = Rule.of(
            "contexts_should_not_share_entities",
            Theme.COUPLING,
            Severity.ERROR,
            "two contexts that map one entity share its table, its locks and its changes.",
            "refer to the other context's entity by its id.",
            SharedStateRules::noSharedEntities);

    private static List<Violation> noSharedEntities(EventModel model) {
        return foreign(model, "stores", type -> model.types().is(type, Role.ENTITY));
    }

    static final Rule CONTEXTS_SHOULD_NOT_SHARE_REPOSITORIES = Rule.of(
            "contexts_should_not_share_repositories",
            Theme.COUPLING,
            Severity.ERROR,
            "who writes through another's repository goes around its rules and its events.",
            "send a command, or ask through the other context's API.",
            SharedStateRules::noSharedRepositories);

    private static List<Violation> noSharedRepositories(EventModel model) {
        return foreign(model, "uses", type -> model.types().is(type, Role.REPOSITORY));
    }

    private static List<Violation> foreign(
            EventModel model, String verb, java.util.function.Predicate<JavaClass> wanted) {
        Map<Pair, Set<String>> lines = new TreeMap<>();
        Map<Pair, Set<String>> where = new TreeMap<>();
        for (JavaClass type : model.project().classes()) {
            Optional<String> from = model.contexts().of(type);
            if (from.isPresent()) {
                for (JavaClass used : model.project().usesOf(type)) {
                    Optional<String> to =
                            model.project().contains(used) ? model.contexts().of(used) : Optional.empty();
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

    static final Rule CONTEXTS_SHOULD_NOT_SHARE_TABLES = Rule.of(
            "contexts_should_not_share_tables",
            Theme.COUPLING,
            Severity.ERROR,
            "a shared table is an interface that nobody versions.",
            "give each context a table of its own and keep them in step by events.",
            SharedStateRules::noSharedTables);

    private static List<Violation> noSharedTables(EventModel model) {
        Map<String, Map<String, JavaClass>> byTable = new TreeMap<>();
        for (JavaClass type : model.project().classes()) {
            table(model, type)
                    .ifPresent(table -> model.contexts()
                            .of(type)
                            .ifPresent(context -> byTable.computeIfAbsent(table, key -> new TreeMap<>())
                                    .putIfAbsent(context, type)));
        }
        List<Violation> violations = new ArrayList<>();
        byTable.forEach((table, users) -> {
            users.keySet().removeIf(context -> users.size() > 1 && hasDataSource(model, context));
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

    /** A service with a data source, or an application, of its own has tables of its own. */
    private static boolean hasDataSource(EventModel model, String context) {
        return model.project().classes().stream()
                .filter(type ->
                        model.contexts().of(type).filter(context::equals).isPresent())
                .anyMatch(type -> model.types().bears(type, Role.APPLICATION)
                        || type.getMethods().stream()
                                .anyMatch(method -> model.types().bears(method, Role.BEAN_METHOD)
                                        && model.types().is(method.getRawReturnType(), Role.DATA_SOURCE)));
    }

    /** Only tables that are named: without a name, equal class names need not mean the same table. */
    private static Optional<String> table(EventModel model, JavaClass type) {
        for (JavaAnnotation<?> annotation : type.getAnnotations()) {
            if (model.types().isMeant(annotation, Role.TABLE)) {
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
}
