package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.EventType;
import io.github.atleastonce.archrules.model.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for what an event looks like. */
public final class EventRules {

    /** Hold a moment if they are named so. */
    private static final Set<String> NUMBERS_AND_TEXTS = Set.of("long", "java.lang.Long", "java.lang.String");

    private static final Pattern MOMENT =
            Pattern.compile("when|time|date|at|ts|timestamp|.*[a-z](At|On|Time|Date|Timestamp|Millis|Instant)");

    private static final Pattern ID = Pattern.compile("(?i)(.*(event|message)_?id|id|uuid|.*id)");

    private EventRules() {}

    /** Events do not change once they are made. */
    public static final Rule EVENTS_SHOULD_BE_IMMUTABLE = Rule.of(
            "events_should_be_immutable",
            Theme.EVENTS,
            Severity.ERROR,
            "what has happened cannot change, and a shared event that a listener alters misleads the next one.",
            "make the event a record, or its fields final and without setters.",
            EventRules::immutable);

    private static List<Violation> immutable(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (EventType event : model.ownEvents()) {
            List<String> changes = new ArrayList<>();
            if (!model.types().is(event.type(), Role.GENERATED)) {
                ownHierarchy(model, event.type())
                        .forEach(type -> Members.fieldsOf(type)
                                .forEach(field -> change(type, field).ifPresent(changes::add)));
            }
            if (!changes.isEmpty()) {
                violations.add(violation(model, event, changes));
            }
        }
        return violations;
    }

    private static List<JavaClass> ownHierarchy(EventModel model, JavaClass type) {
        List<JavaClass> hierarchy = new ArrayList<>(List.of(type));
        type.getAllRawSuperclasses().stream().filter(model.project()::contains).forEach(hierarchy::add);
        return hierarchy;
    }

    private static Optional<String> change(JavaClass type, JavaField field) {
        Set<JavaModifier> modifiers = field.getModifiers();
        if (modifiers.contains(JavaModifier.STATIC)
                || modifiers.contains(JavaModifier.FINAL)
                || modifiers.contains(JavaModifier.SYNTHETIC)) {
            return Optional.empty();
        }
        if (!modifiers.contains(JavaModifier.PRIVATE)) {
            return Optional.of(
                    Messages.line("open", type.getSimpleName() + "." + field.getName(), "not final, not private"));
        }
        return Members.methodsOf(type).stream()
                .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE)
                        && !method.getModifiers().contains(JavaModifier.STATIC)
                        && sets(method, field))
                .findFirst()
                .map(method -> Messages.line(
                        "changes", type.getSimpleName() + "." + method.getName(), "sets " + field.getName()));
    }

    private static boolean sets(JavaMethod method, JavaField field) {
        return method.getFieldAccesses().stream()
                .anyMatch(access -> access.getAccessType() == JavaFieldAccess.AccessType.SET
                        && access.getTarget().getName().equals(field.getName())
                        && access.getTargetOwner().equals(field.getOwner()));
    }

    /** Entities stay inside. */
    public static final Rule EVENTS_SHOULD_NOT_EXPOSE_ENTITIES = ExposureRule.RULE;

    /** An event's name says what has happened. */
    public static final Rule EVENTS_SHOULD_BE_NAMED_IN_PAST_TENSE = Rule.of(
            "events_should_be_named_in_past_tense",
            Theme.EVENTS,
            Severity.WARN,
            "a name in the past tense says that the thing is done and nobody is told what to do.",
            "name what has happened: OrderPlaced, not PlaceOrder or OrderData.",
            EventRules::pastTense);

    private static List<Violation> pastTense(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (EventType event : model.ownEvents()) {
            if (!model.types().is(event.type(), Role.GENERATED)
                    && !EventNames.tellsThePast(event.type().getSimpleName())) {
                violations.add(violation(
                        model, event, List.of("named   " + event.type().getSimpleName())));
            }
        }
        return violations;
    }

    /** A command's name says what to do. */
    public static final Rule COMMANDS_SHOULD_BE_IMPERATIVE = Rule.of(
            "commands_should_be_imperative",
            Theme.EVENTS,
            Severity.WARN,
            "a command that is named like an event hides that the sender expects something to be done.",
            "name what is to be done: ReserveCredit, not CreditReserved.",
            EventRules::imperative);

    private static List<Violation> imperative(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (JavaClass type : model.project().classes()) {
            if (isConcreteCommand(model, type)
                    && EventNames.endsInParticiple(type.getSimpleName().replaceAll("Command$", ""))) {
                violations.add(Violation.of(
                        Messages.prefix(model, type) + type.getSimpleName(),
                        List.of("named   " + type.getSimpleName()),
                        Messages.where(model, type)));
            }
        }
        return violations;
    }

    static boolean isConcreteCommand(EventModel model, JavaClass type) {
        return (model.types().is(type, Role.COMMAND)
                        || type.getSimpleName().endsWith("Command")
                                && type.getSimpleName().length() > 7)
                && !type.isInterface();
    }

    /** Each event can be told apart and placed in time. */
    public static final Rule EVENTS_SHOULD_CARRY_ID_AND_TIME = Rule.of(
            "events_should_carry_id_and_time",
            Theme.EVENTS,
            Severity.WARN,
            "without an id a consumer cannot recognise a duplicate, without a time it cannot tell old from new.",
            "add an id and a time to the event, or leave this rule out if the envelope carries them.",
            EventRules::idAndTime);

    private static List<Violation> idAndTime(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (EventType event : model.ownEvents()) {
            boolean id = event.type().getAllFields().stream()
                    .anyMatch(field -> ID.matcher(field.getName()).matches());
            boolean time = event.type().getAllFields().stream()
                    .anyMatch(field -> model.types().is(field.getRawType(), Role.TIME)
                            || NUMBERS_AND_TEXTS.contains(field.getRawType().getName())
                                    && MOMENT.matcher(field.getName()).matches());
            if (!model.types().is(event.type(), Role.GENERATED) && (!id || !time)) {
                violations.add(violation(
                        model, event, List.of("lacks   " + (id ? "a time" : time ? "an id" : "an id and a time"))));
            }
        }
        return violations;
    }

    static Violation violation(EventModel model, EventType event, List<String> details) {
        return Violation.of(
                Messages.prefix(model, event.type()) + event.type().getSimpleName(),
                Messages.some(details),
                Messages.where(model, event.type()));
    }
}
