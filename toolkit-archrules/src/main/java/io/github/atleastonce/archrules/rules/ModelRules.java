package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.References;
import io.github.atleastonce.archrules.model.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rule that keeps all others from passing because they saw nothing. */
public final class ModelRules {

    private ModelRules() {}

    /** The declaration and the code speak of the same thing; part of every check. */
    public static final Rule ARCHITECTURE_SHOULD_MATCH_CODE = Rule.of(
            "architecture_should_match_code",
            Theme.MODEL,
            Severity.ERROR,
            "rules that look at nothing, or cannot see the framework, pass whatever the code does.",
            "declare what is told above, or mend what was declared; missing jars belong on the class path of the test.",
            ModelRules::matchesCode);

    private static List<Violation> matchesCode(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        if (model.project().classes().isEmpty()) {
            return List.of(Violation.of(
                    "no classes",
                    List.of("below   " + String.join(", ", model.declared().bases())),
                    Set.of()));
        }
        emptyContexts(model, violations);
        unassignedListeners(model, violations);
        missingJars(model, violations);
        unknownNames(model, violations);
        blindContexts(model, violations);
        return violations;
    }

    private static void emptyContexts(EventModel model, List<Violation> violations) {
        Set<String> seen = new HashSet<>();
        model.project().classes().stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .forEach(type -> model.contexts().of(type).ifPresent(seen::add));
        model.contexts().names().stream()
                .filter(context -> !seen.contains(context))
                .forEach(context -> violations.add(Violation.of(
                        "context " + context + " is empty",
                        List.of("no class of the import lies in its packages"),
                        Set.of(context))));
        if (model.contexts().names().isEmpty()) {
            violations.add(Violation.of(
                    "no contexts",
                    List.of("none is declared, marked, or found as a package below "
                            + String.join(", ", model.declared().bases())),
                    Set.of()));
        }
    }

    private static void unassignedListeners(EventModel model, List<Violation> violations) {
        Map<String, Consumption> byClass = new TreeMap<>();
        model.consumptions().stream()
                .filter(listener -> listener.context().isEmpty()
                        && !model.contexts().isShared(listener.method().getOwner()))
                .forEach(listener ->
                        byClass.putIfAbsent(listener.method().getOwner().getName(), listener));
        byClass.forEach((type, listener) -> violations.add(Violation.of(
                "listener " + Source.name(listener.method()) + " belongs to no context",
                List.of("class   " + type),
                Set.of(type))));
    }

    /** Rules on messages would pass there whatever the code does. */
    private static void blindContexts(EventModel model, List<Violation> violations) {
        model.coverage().forEach((context, coverage) -> {
            if (coverage.isBlind()) {
                List<String> lines = new ArrayList<>();
                Set<String> where = new TreeSet<>(coverage.notUnderstood().keySet());
                coverage.notUnderstood()
                        .forEach((type, names) -> lines.add(Messages.line(
                                "names", String.join(", ", names), "in " + type.substring(type.lastIndexOf('.') + 1))));
                if (!context.isEmpty()) {
                    where.add(context);
                }
                violations.add(
                        Violation.of(
                                        (context.isEmpty() ? "code in no context" : "context " + context)
                                                + " has messaging of which nothing is understood",
                                        Messages.some(lines),
                                        where)
                                .because(
                                        "no rule knows what this code sends or takes; say it with knowing(…), as the guide shows."));
            }
        });
    }

    private static void missingJars(EventModel model, List<Violation> violations) {
        Map<String, String> missing = new TreeMap<>();
        model.project().usersOfLibraries().forEach((used, user) -> {
            if (used.getSource().isEmpty() && isFramework(model, used)) {
                missing.put(used.getName(), References.outermost(user).getSimpleName());
            }
        });
        if (!missing.isEmpty()) {
            List<String> lines = new ArrayList<>();
            missing.forEach((name, user) -> lines.add(Messages.line("unknown", name, "used by " + user)));
            violations.add(
                    Violation.of("framework classes that cannot be found", Messages.some(lines), missing.keySet()));
        }
    }

    private static boolean isFramework(EventModel model, JavaClass type) {
        return model.types().isIn(type.getName(), Role.FRAMEWORK)
                || model.declared().knowledge().isKnownPackage(type.getPackageName());
    }

    /** A name in the declaration that names nothing was misspelt or has outlived its code. */
    private static void unknownNames(EventModel model, List<Violation> violations) {
        Set<String> unknown = new TreeSet<>(model.declared().namedContexts());
        unknown.removeAll(model.contexts().names());
        unknown.forEach(name -> violations.add(Violation.of(
                "context " + name + " does not exist",
                List.of("named   in a budget, a feedback or a remote client"),
                Set.of(name))));
        model.declared().namedTypes().stream()
                .filter(name -> model.project().type(name).isEmpty())
                .forEach(name -> violations.add(Violation.of(
                        "type " + name + " does not exist",
                        List.of("named   in a pivot or a wire name"),
                        Set.of(name))));
    }
}
