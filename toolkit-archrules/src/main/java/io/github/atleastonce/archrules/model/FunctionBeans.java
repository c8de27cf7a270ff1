package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.Optional;
import java.util.Set;

/** Beans of functions that a framework binds to channels: what they take is consumed, what they return is sent. */
final class FunctionBeans {

    private final Types types;
    private final Payloads payloads;

    FunctionBeans(Types types, Payloads payloads) {
        this.types = types;
        this.payloads = payloads;
    }

    /** The fact that makes the method's result a listener, if the framework that would bind it is there. */
    Optional<Fact> factOf(JavaMethod method) {
        if (!types.bears(method, Role.BEAN_METHOD) || !(method.getReturnType() instanceof JavaParameterizedType)) {
            return Optional.empty();
        }
        return types.factsOf(method.getRawReturnType()).stream()
                .filter(fact -> fact.role() == Role.LISTENER_BEAN
                        && isPresent(fact.options().getOrDefault("needs", "")))
                .findFirst();
    }

    Payloads.Payload taken(JavaMethod method, Fact fact) {
        Set<String> taken =
                argument(method, fact, "payload-type").map(payloads::ofType).orElse(Set.of());
        return new Payloads.Payload(taken, taken.isEmpty());
    }

    /** What the function returns to be sent, or empty if it returns nothing. */
    Optional<Set<String>> sent(JavaMethod method, Fact fact) {
        return argument(method, fact, "sends")
                .filter(type -> !type.toErasure().getName().equals("java.lang.Void"))
                .map(payloads::ofType);
    }

    private static Optional<JavaType> argument(JavaMethod method, Fact fact, String option) {
        return Optional.ofNullable(fact.options().get(option))
                .map(Integer::valueOf)
                .flatMap(index -> ((JavaParameterizedType) method.getReturnType())
                        .getActualTypeArguments().stream().skip(index).findFirst());
    }

    private static boolean isPresent(String typeName) {
        String file = typeName.replace('.', '/') + ".class";
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return (loader == null ? ClassLoader.getSystemClassLoader() : loader).getResource(file) != null;
    }
}
