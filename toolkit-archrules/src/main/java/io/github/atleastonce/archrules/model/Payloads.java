package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaWildcardType;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out what message a listener takes, through envelopes, type arguments and deserialisation. */
final class Payloads {

    private final Project project;
    private final Types types;
    private final CallGraph graph;
    private final Codes codes;

    Payloads(Project project, Types types, CallGraph graph, Codes codes) {
        this.project = project;
        this.types = types;
        this.graph = graph;
        this.codes = codes;
    }

    record Payload(Set<String> types, boolean untyped) {}

    Payload ofListener(JavaCodeUnit method) {
        List<JavaClass> candidates = new ArrayList<>();
        for (JavaParameter parameter : method.getParameters()) {
            if (!types.bears(parameter, Role.NO_PAYLOAD) && !types.is(parameter.getRawType(), Role.NO_PAYLOAD)) {
                content(parameter.getType()).ifPresent(candidates::add);
            }
        }
        Optional<JavaClass> own = candidates.stream()
                .filter(project::contains)
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(type -> isMessage(type.getName()))
                        .findFirst());
        if (own.isPresent()) {
            return new Payload(Set.of(own.get().getName()), false);
        }
        if (candidates.isEmpty() || candidates.stream().anyMatch(this::isUntyped)) {
            return new Payload(unwrappedIn(method), !candidates.isEmpty());
        }
        return new Payload(Set.of(candidates.get(0).getName()), false);
    }

    /** What a method that fetches records itself takes out of them. */
    Payload ofPoller(JavaCodeUnit method) {
        Set<String> found = new LinkedHashSet<>(unwrappedIn(method));
        if (found.isEmpty()) {
            for (JavaField field : method.getOwner().getFields()) {
                if (types.isPartly(field.getRawType(), Role.POLL)
                        && field.getType() instanceof JavaParameterizedType parameterized) {
                    content(last(parameterized.getActualTypeArguments()))
                            .filter(type -> isMessage(type.getName()))
                            .ifPresent(type -> found.add(type.getName()));
                }
            }
        }
        return new Payload(found, found.isEmpty());
    }

    Set<String> ofType(JavaType type) {
        return content(type)
                .filter(content -> isMessage(content.getName()))
                .map(content -> Set.of(content.getName()))
                .orElse(Set.of());
    }

    boolean isProject(String typeName) {
        return project.type(typeName).isPresent();
    }

    JavaClass messageType(String typeName) {
        return project.type(typeName)
                .or(() -> project.libraryType(typeName))
                .orElseThrow(() -> new IllegalArgumentException(typeName));
    }

    /** A type of the project, or of a library that is neither the JDK's nor a framework's: contracts often come in a jar. */
    boolean isMessage(String typeName) {
        return isProject(typeName)
                || project.libraryType(typeName)
                        .filter(type -> !typeName.startsWith("java")
                                && !type.isPrimitive()
                                && !type.isArray()
                                && !types.isIn(typeName, Role.FRAMEWORK)
                                && !types.isIn(typeName, Role.NEUTRAL)
                                && !types.isKnownPackage(type.getPackageName())
                                && !isUntyped(type))
                        .isPresent();
    }

    /** By its own name, or as a kind of what is untyped in the same library: all else has a shape that its own name tells. */
    private boolean isUntyped(JavaClass type) {
        return type.isArray()
                || types.factsOf(type).stream()
                        .anyMatch(fact -> fact.role() == Role.UNTYPED
                                && (fact.type().equals(type.getName())
                                        || !fact.type().equals("java.lang.Object")
                                                && type.getPackageName().startsWith(packageOf(fact.type()))));
    }

    private static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    private Optional<JavaClass> content(JavaType type) {
        if (type instanceof JavaWildcardType wildcard) {
            return wildcard.getUpperBounds().stream().findFirst().flatMap(this::content);
        }
        Optional<Fact> envelope = types.factsOf(type.toErasure()).stream()
                .filter(fact -> fact.role() == Role.ENVELOPE && fact.options().containsKey("payload-type"))
                .findFirst();
        if (envelope.isEmpty()) {
            return Optional.of(type.toErasure());
        }
        if (type instanceof JavaParameterizedType parameterized) {
            List<JavaType> arguments = parameterized.getActualTypeArguments();
            int index = Integer.parseInt(envelope.get().options().get("payload-type"));
            return index < arguments.size() ? content(arguments.get(index)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** The types that the class takes out of envelopes or text, in the method and what it calls in the same class. */
    private Set<String> unwrappedIn(JavaCodeUnit method) {
        Set<String> found = new LinkedHashSet<>();
        for (JavaCodeUnit reached : Walks.methodsFrom(graph, method)) {
            if (reached.getOwner().equals(method.getOwner())) {
                for (MethodCode body : codes.bodiesOf(reached)) {
                    body.calls().forEach(call -> found.addAll(unwrapped(call)));
                }
            }
        }
        found.removeIf(type -> !isMessage(type));
        return found;
    }

    private Set<String> unwrapped(Invocation call) {
        Set<String> found = new LinkedHashSet<>();
        for (Fact fact : types.factsOfName(call.owner())) {
            if (fact.role() == Role.UNWRAP && fact.covers(call.name())) {
                found.add(call.castTo());
                fact.argument("payload", call.arguments().size())
                        .ifPresent(index ->
                                found.addAll(call.arguments().get(index).classLiterals()));
            }
        }
        return found;
    }

    private static JavaType last(List<JavaType> arguments) {
        return arguments.get(arguments.size() - 1);
    }
}
