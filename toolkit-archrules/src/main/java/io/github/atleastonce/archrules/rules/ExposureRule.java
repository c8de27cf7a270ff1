package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.EventType;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.Publication;
import io.github.atleastonce.archrules.model.References;
import io.github.atleastonce.archrules.model.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds entities that leave the service: in the fields of an event, as what a generic event holds, and as the message itself. */
final class ExposureRule {

    static final Rule RULE = Rule.of(
            "events_should_not_expose_entities",
            Theme.EVENTS,
            Severity.ERROR,
            "an entity inside an event publishes the database schema, and each change of it breaks consumers.",
            "copy the values that consumers need into the event.",
            model -> new ExposureRule(model).violations());

    private final EventModel model;

    private ExposureRule(EventModel model) {
        this.model = model;
    }

    private List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        for (EventType event : model.ownEvents()) {
            inFields(event.type())
                    .or(() -> asArgument(event.type()))
                    .ifPresent(line -> violations.add(EventRules.violation(model, event, List.of(line))));
        }
        sentThemselves()
                .forEach((entity, publication) -> violations.add(Violation.of(
                        Messages.prefix(model, entity) + entity.getSimpleName(),
                        List.of(Messages.line(
                                "sent by",
                                Source.name(publication.method()),
                                Source.at(publication.method(), publication.line()))),
                        Messages.where(model, entity))));
        return violations;
    }

    private Optional<String> inFields(JavaClass event) {
        Map<JavaClass, String> paths = new LinkedHashMap<>();
        Deque<JavaClass> open = new ArrayDeque<>(List.of(event));
        paths.put(event, event.getSimpleName());
        while (!open.isEmpty()) {
            JavaClass type = open.poll();
            for (JavaField field : Members.allFieldsOf(type)) {
                if (!field.getModifiers().contains(JavaModifier.STATIC)) {
                    for (JavaClass used : sorted(field.getType().getAllInvolvedRawTypes())) {
                        JavaClass element = References.element(used);
                        String path = paths.get(type) + "." + field.getName() + " : " + element.getSimpleName();
                        if (isEntity(element)) {
                            return Optional.of("holds   " + path);
                        }
                        if (model.project().contains(element)
                                && paths.putIfAbsent(element, paths.get(type) + "." + field.getName()) == null) {
                            open.add(element);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** An envelope holds whatever it is made for: {@code Msg<Purchase>}. */
    private Optional<String> asArgument(JavaClass event) {
        if (event.getTypeParameters().isEmpty()) {
            return Optional.empty();
        }
        for (JavaClass user : model.project().classes()) {
            if (model.project().usesOf(user).contains(event)) {
                Optional<String> found = typesOf(user).stream()
                        .flatMap(type -> entityIn(type, event).stream())
                        .findFirst()
                        .or(() -> entityGiven(user, event));
                if (found.isPresent()) {
                    return found.map(entity -> Messages.line(
                            "holds",
                            event.getSimpleName() + "<" + entity + ">",
                            "in " + References.outermost(user).getSimpleName()));
                }
            }
        }
        return Optional.empty();
    }

    private static List<JavaType> typesOf(JavaClass user) {
        List<JavaType> types = new ArrayList<>();
        user.getSuperclass().ifPresent(types::add);
        types.addAll(user.getInterfaces());
        Members.fieldsOf(user).forEach(field -> types.add(field.getType()));
        for (JavaCodeUnit method : Members.codeUnitsOf(user)) {
            types.add(method.getReturnType());
            types.addAll(method.getParameterTypes());
        }
        return types;
    }

    private Optional<String> entityIn(JavaType type, JavaClass event) {
        if (!(type instanceof JavaParameterizedType parameterized)) {
            return Optional.empty();
        }
        for (JavaType argument : parameterized.getActualTypeArguments()) {
            if (type.toErasure().equals(event)) {
                for (JavaClass used : sorted(argument.getAllInvolvedRawTypes())) {
                    if (isEntity(References.element(used))) {
                        return Optional.of(used.getSimpleName());
                    }
                }
            }
            Optional<String> inside = entityIn(argument, event);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private Optional<String> entityGiven(JavaClass user, JavaClass event) {
        for (JavaCodeUnit method : Members.codeUnitsOf(user)) {
            for (MethodCode body : model.code().bodiesOf(method)) {
                for (Invocation call : body.calls()) {
                    if (call.name().equals("<init>") && call.owner().equals(event.getName())) {
                        Optional<String> entity = call.arguments().stream()
                                .flatMap(argument -> argument.types().stream())
                                .flatMap(name -> model.project().type(name).stream())
                                .filter(this::isEntity)
                                .map(JavaClass::getSimpleName)
                                .findFirst();
                        if (entity.isPresent()) {
                            return entity;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Listeners in the same process are handed the object; a broker is handed what it holds. */
    private Map<JavaClass, Publication> sentThemselves() {
        Map<JavaClass, Publication> sent = new TreeMap<>(Comparator.comparing(JavaClass::getName));
        for (Publication publication : model.publications()) {
            if (publication.delivery() != Publication.Delivery.LOCAL) {
                publication.types().stream()
                        .flatMap(name -> model.project().type(name).stream())
                        .filter(type -> isEntity(type)
                                && !model.types().is(type, Role.OUTBOX)
                                && !model.types().is(type, Role.INBOX))
                        .forEach(entity -> sent.putIfAbsent(entity, publication));
            }
        }
        return sent;
    }

    private boolean isEntity(JavaClass type) {
        return model.types().is(type, Role.ENTITY);
    }

    private static List<JavaClass> sorted(Set<JavaClass> types) {
        return types.stream().sorted(Comparator.comparing(JavaClass::getName)).toList();
    }
}
