package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What events are called outside of the code: as declared, else as Jackson is told, else by their class. */
final class WireNames {

    private final Map<String, String> declared;
    private final Types types;
    private final Set<String> published;
    private final Set<String> ambiguous = new HashSet<>();

    /** Of two published events that would have one name, each gets its qualified one, lest one hides the other. */
    WireNames(Map<String, String> declared, Types types, Collection<JavaClass> events, Set<String> published) {
        this.declared = declared;
        this.types = types;
        this.published = published;
        Set<String> names = new HashSet<>();
        events.stream()
                .filter(type ->
                        published.contains(type.getName()) && declaredFor(type).isEmpty())
                .map(WireNames::byClass)
                .filter(name -> !names.add(name))
                .forEach(ambiguous::add);
    }

    String of(JavaClass type) {
        return declaredFor(type).orElseGet(() -> {
            String name = byClass(type);
            return ambiguous.contains(name) && published.contains(type.getName()) ? type.getName() : name;
        });
    }

    private Optional<String> declaredFor(JavaClass type) {
        return Optional.ofNullable(declared.get(type.getName()))
                .or(() -> ownName(type).filter(name -> !name.isEmpty()))
                .or(() -> supertypes(type)
                        .flatMap(family -> subtypesOf(family)
                                .filter(subtype -> subtype.get("value")
                                        .filter(member -> member instanceof JavaClass other && other.equals(type))
                                        .isPresent()))
                        .map(subtype -> String.valueOf(subtype.get("name").orElse("")))
                        .filter(name -> !name.isEmpty())
                        .findFirst());
    }

    private Stream<JavaAnnotation<?>> subtypesOf(JavaClass family) {
        return family.getAnnotations().stream()
                .filter(annotation -> types.isMeant(annotation, Role.WIRE_NAMES))
                .flatMap(annotation ->
                        Arrays.stream((Object[]) annotation.get("value").orElse(new Object[0])))
                .map(subtype -> (JavaAnnotation<?>) Objects.requireNonNull(subtype));
    }

    private Optional<String> ownName(JavaClass type) {
        return type.getAnnotations().stream()
                .filter(one -> types.isMeant(one, Role.WIRE_NAME))
                .findFirst()
                .map(one -> String.valueOf(one.get("value").orElse("")));
    }

    private static Stream<JavaClass> supertypes(JavaClass type) {
        return Stream.concat(
                type.getAllRawInterfaces().stream().sorted(Comparator.comparing(JavaClass::getName)),
                type.getAllRawSuperclasses().stream());
    }

    /** A member of a family that is nested in it is hardly ever named in full: {@code OrderEvent.Placed}. */
    private static String byClass(JavaClass type) {
        return type.getEnclosingClass()
                .filter(family -> type.isAssignableTo(family.getName()))
                .map(family -> family.getSimpleName() + "." + type.getSimpleName())
                .orElse(type.getSimpleName());
    }
}
