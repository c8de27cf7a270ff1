package io.github.atleastonce.junit;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.ReflectionSupport;

/** The bounds that one annotation says: by attributes that have the name of a bound, and by {@code bounds}. */
final class DeclaredBounds {

    private final Map<Bound, Declaration.Said> said = new EnumMap<>(Bound.class);
    private final String where;

    private DeclaredBounds(String where) {
        this.where = where;
    }

    static Map<Bound, Declaration.Said> of(Annotation annotation, String where) {
        DeclaredBounds declared = new DeclaredBounds(where);
        for (Bound bound : Bound.values()) {
            declared.say(bound, attribute(annotation, bound.toString()));
        }
        if (attribute(annotation, "bounds") instanceof String[] assignments) {
            Arrays.stream(assignments).forEach(declared::assign);
        }
        return declared.said;
    }

    /** Returns the value of an attribute, or null if the annotation has none of that name. */
    static @Nullable Object attribute(Annotation annotation, String name) {
        for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
            if (attribute.getName().equals(name)) {
                return ReflectionSupport.invokeMethod(attribute, annotation);
            }
        }
        return null;
    }

    /** What has another type than the attribute of that name in {@link FaultTest} means something else. */
    private void say(Bound bound, @Nullable Object value) {
        if (value instanceof Integer number && number != FaultTest.AS_CONFIGURED) {
            put(bound, new Declaration.Said(number.toString(), number.toString()));
        } else if (value instanceof Boolean wanted && wanted) {
            put(bound, new Declaration.Said("true", "true"));
        } else if (value instanceof String text && !text.isBlank() && isOfText(bound)) {
            put(bound, quoted(text));
        }
    }

    private static boolean isOfText(Bound bound) {
        return Arrays.stream(FaultTest.class.getDeclaredMethods())
                .anyMatch(attribute ->
                        attribute.getName().equals(bound.toString()) && attribute.getReturnType() == String.class);
    }

    private void assign(String assignment) {
        String[] sides = assignment.split("=", 2);
        String name = sides[0].strip();
        if (sides.length < 2) {
            throw new UsageException(
                    where + ": bounds wants a name and a value, such as \"settleTimeout=30s\", but has '" + assignment
                            + "'.");
        }
        Bound bound = Bound.named(name).orElseThrow(() -> unknown(name));
        put(bound, quoted(sides[1].strip()));
    }

    private static Declaration.Said quoted(String text) {
        return new Declaration.Said(text, "'" + text + "'");
    }

    private UsageException unknown(String name) {
        return new UsageException(where + ": there is no bound '" + name + "'; there are "
                + Arrays.stream(Bound.values()).map(Bound::toString).collect(Collectors.joining(", ")) + ".");
    }

    private void put(Bound bound, Declaration.Said value) {
        if (said.put(bound, value) != null) {
            throw new UsageException(where + " says " + bound + " twice: once is enough.");
        }
    }
}
