package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.bytecode.Origin;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.Reach;
import java.util.List;
import java.util.Set;

/**
 * Finds the writes of a new entity whose key, or another unique value, the code gives it: the same message makes the same row,
 * which is written over or refused.
 */
final class AssignedKeys {

    private final EventModel model;

    AssignedKeys(EventModel model) {
        this.model = model;
    }

    boolean decideTheRowOf(Reach reach, Effect write) {
        List<Written.Source> sources = new Written(model, reach, write).sources();
        return !sources.isEmpty() && sources.stream().allMatch(this::isAssigned);
    }

    private boolean isAssigned(Written.Source source) {
        Origin value = source.value();
        return value.parameters().isEmpty()
                && !value.types().isEmpty()
                && value.made().equals(value.types())
                && value.made().stream()
                        .allMatch(made ->
                                isAssigned(source.method(), source.site().body(), made));
    }

    private boolean isAssigned(JavaCodeUnit making, MethodCode body, String made) {
        return model.project()
                .type(made)
                .filter(entity -> !makesFreshIds(making) && !makesFreshIds(entity))
                .filter(entity -> hasUnique(entity) || hasGivenKey(entity, body))
                .isPresent();
    }

    private boolean makesFreshIds(JavaClass entity) {
        return entity.getConstructors().stream().anyMatch(this::makesFreshIds);
    }

    private boolean makesFreshIds(JavaCodeUnit method) {
        return model.calls().effectsIn(method).stream().anyMatch(effect -> effect.role() == Role.FRESH_ID);
    }

    private boolean hasUnique(JavaClass entity) {
        return isUnique(entity) || Members.allFieldsOf(entity).stream().anyMatch(this::isUnique);
    }

    private boolean isUnique(HasAnnotations<?> element) {
        for (JavaAnnotation<?> annotation : element.getAnnotations()) {
            for (String attribute : model.types().attributesOf(annotation, Role.UNIQUE, "attribute")) {
                Object value = annotation.get(attribute).orElse(false);
                if (value instanceof Object[] many ? many.length > 0 : Boolean.TRUE.equals(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean hasGivenKey(JavaClass entity, MethodCode body) {
        return Members.allFieldsOf(entity).stream()
                .filter(field -> model.types().bears(field, Role.ID))
                .findFirst()
                .filter(id -> !model.types().bears(id, Role.GENERATED_ID) && isSet(entity, id, body))
                .isPresent();
    }

    private boolean isSet(JavaClass entity, JavaField id, MethodCode body) {
        String setter = "set" + id.getName();
        return body.stores().stream()
                        .anyMatch(store -> store.field().equals(id.getName()) && isSomething(store.value()))
                || body.calls().stream()
                        .filter(call -> call.owner().equals(entity.getName()))
                        .anyMatch(call -> call.name().equalsIgnoreCase(setter)
                                || call.name().equals("<init>") && isGivenTo(entity, call, id));
    }

    /** By the constructor itself, or by another one that it hands what it was given to. */
    private boolean isGivenTo(JavaClass entity, Invocation call, JavaField id) {
        for (JavaCodeUnit constructor : entity.getConstructors()) {
            if (Site.callOf(constructor).test(call)) {
                for (MethodCode body : model.code().bodiesOf(constructor)) {
                    boolean itself = body.stores().stream()
                            .filter(store -> store.field().equals(id.getName()))
                            .anyMatch(store -> isGiven(call, store.value().parameters()));
                    boolean handedOn = body.calls().stream()
                            .filter(inner -> inner.name().equals("<init>"))
                            .flatMap(inner -> inner.arguments().stream())
                            .anyMatch(argument -> isGiven(call, argument.parameters()));
                    if (itself || handedOn) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isGiven(Invocation call, Set<Integer> parameters) {
        return !parameters.isEmpty()
                && parameters.stream()
                        .allMatch(index ->
                                index >= 0 && isSomething(call.arguments().get(index)));
    }

    /** The constant null comes from nowhere. */
    private static boolean isSomething(Origin value) {
        return !value.types().isEmpty();
    }
}
