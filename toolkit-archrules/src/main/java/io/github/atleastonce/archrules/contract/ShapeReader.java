package io.github.atleastonce.archrules.contract;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.References;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the properties of an event class as Jackson would write them. */
final class ShapeReader {

    private static final int MAX_DEPTH = 6;

    /** Java types that look the same in JSON, so that going from one to the other breaks nobody. */
    private static final Map<String, String> JSON_TYPES = Map.ofEntries(
            Map.entry("java.lang.String", "string"),
            Map.entry("java.lang.CharSequence", "string"),
            Map.entry("java.util.UUID", "string"),
            Map.entry("java.net.URI", "string"),
            Map.entry("int", "integer"),
            Map.entry("long", "integer"),
            Map.entry("short", "integer"),
            Map.entry("java.lang.Integer", "integer"),
            Map.entry("java.lang.Long", "integer"),
            Map.entry("java.lang.Short", "integer"),
            Map.entry("java.math.BigInteger", "integer"),
            Map.entry("double", "number"),
            Map.entry("float", "number"),
            Map.entry("java.lang.Double", "number"),
            Map.entry("java.lang.Float", "number"),
            Map.entry("java.math.BigDecimal", "number"),
            Map.entry("boolean", "boolean"),
            Map.entry("java.lang.Boolean", "boolean"),
            Map.entry("java.time.Instant", "instant"),
            Map.entry("java.time.OffsetDateTime", "instant"),
            Map.entry("java.time.ZonedDateTime", "instant"));

    private static final Set<String> LISTS = Set.of(
            "java.util.List",
            "java.util.Set",
            "java.util.Collection",
            "java.lang.Iterable",
            "java.util.SortedSet",
            "java.util.ArrayList",
            "java.util.LinkedHashSet");

    private final EventModel model;

    ShapeReader(EventModel model) {
        this.model = model;
    }

    List<Property> read(JavaClass event) {
        List<Property> properties = new ArrayList<>();
        read(event, "", 0, properties);
        return properties;
    }

    private void read(JavaClass type, String prefix, int depth, List<Property> properties) {
        for (JavaField field : Members.allFieldsOf(type)) {
            if (model.project().contains(field.getOwner())
                    && !field.getModifiers().contains(JavaModifier.STATIC)
                    && !field.getModifiers().contains(JavaModifier.TRANSIENT)
                    && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                    && annotation(field, Role.JSON_IGNORED).isEmpty()) {
                property(field, prefix, depth, properties);
            }
        }
    }

    private void property(JavaField field, String prefix, int depth, List<Property> properties) {
        Optional<JavaAnnotation<?>> named = annotation(field, Role.JSON_NAME);
        String name = named.flatMap(annotation -> annotation.get("value"))
                .map(String::valueOf)
                .filter(value -> !value.isEmpty())
                .orElse(field.getName());
        boolean required = named.flatMap(annotation -> annotation.get("required"))
                        .map(Boolean.TRUE::equals)
                        .orElse(false)
                || model.types().bears(field, Role.REQUIRED);
        List<String> aliases = annotation(field, Role.JSON_ALIAS)
                .flatMap(annotation -> annotation.get("value"))
                .map(value -> Arrays.stream((Object[]) value)
                        .map(alias -> prefix + alias)
                        .toList())
                .orElse(List.of());
        JavaClass raw = field.getRawType();
        properties.add(new Property(prefix + name, typeName(field.getType()), required, aliases));
        JavaClass nested = element(field.getType());
        if (nested.isEnum()) {
            nested.getFields().stream()
                    .filter(constant -> constant.getModifiers().contains(JavaModifier.ENUM))
                    .map(JavaField::getName)
                    .sorted()
                    .forEach(constant ->
                            properties.add(new Property(prefix + name + "=" + constant, "constant", false, List.of())));
        } else if (model.project().contains(nested) && depth < MAX_DEPTH) {
            read(nested, prefix + name + (raw.equals(nested) ? "." : "[]."), depth + 1, properties);
        }
    }

    private String typeName(JavaType type) {
        JavaClass raw = type.toErasure();
        String known = JSON_TYPES.get(raw.getName());
        if (known != null) {
            return known;
        }
        if (raw.isArray()) {
            return "list<" + typeName(References.element(raw)) + ">";
        }
        if (type instanceof JavaParameterizedType parameterized) {
            String arguments = parameterized.getActualTypeArguments().stream()
                    .map(this::typeName)
                    .collect(Collectors.joining(","));
            return (LISTS.contains(raw.getName()) ? "list" : raw.getSimpleName().toLowerCase(Locale.ROOT)) + "<"
                    + arguments + ">";
        }
        return model.project().contains(raw) ? (raw.isEnum() ? "enum" : "object") : raw.getName();
    }

    private static JavaClass element(JavaType type) {
        if (type instanceof JavaParameterizedType parameterized) {
            List<JavaType> arguments = parameterized.getActualTypeArguments();
            return element(arguments.get(arguments.size() - 1));
        }
        return References.element(type.toErasure());
    }

    /** On the field or, as records and beans have it, on the accessor. */
    private Optional<JavaAnnotation<?>> annotation(JavaField field, Role role) {
        Optional<JavaAnnotation<?>> onField = find(field, role);
        if (onField.isPresent()) {
            return onField;
        }
        String capital = field.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                + field.getName().substring(1);
        for (JavaMethod method : Members.methodsOf(field.getOwner())) {
            if (method.getRawParameterTypes().isEmpty()
                    && Set.of(field.getName(), "get" + capital, "is" + capital).contains(method.getName())) {
                Optional<JavaAnnotation<?>> onAccessor = find(method, role);
                if (onAccessor.isPresent()) {
                    return onAccessor;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<JavaAnnotation<?>> find(HasAnnotations<?> element, Role role) {
        for (JavaAnnotation<?> annotation : element.getAnnotations()) {
            if (model.types().isMeant(annotation, role)) {
                return Optional.of(annotation);
            }
        }
        return Optional.empty();
    }
}
