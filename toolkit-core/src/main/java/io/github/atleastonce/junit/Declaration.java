package io.github.atleastonce.junit;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * What the annotations of a test method say. A composed annotation passes attributes on by declaring them with the same name
 * and type: the value nearest to the method that is set at all wins.
 *
 * @param where the annotation and the method, for messages
 * @param faults the faults that are asked for, at least one
 * @param required those of them that the annotation on the method itself names, and does not call optional
 * @param bounds the bounds that are said, as text
 * @param budget the budget, or empty
 * @param undelivered why the test may pass even when nothing is delivered, or empty
 * @param derives whether schedules are derived from others
 */
record Declaration(
        String where,
        Set<Fault> faults,
        Set<Fault> required,
        Map<Bound, Said> bounds,
        String budget,
        String undelivered,
        boolean derives) {

    static final Set<Fault> DEFAULT = defaultFaults();

    /**
     * The value of a bound, as text.
     *
     * @param value the text
     * @param quoted the value as a message shows it
     */
    record Said(String value, String quoted) {}

    static Declaration of(Method method) {
        List<Annotation> path = new ArrayList<>();
        if (!find(method.getAnnotations(), path, new HashSet<>())) {
            throw new UsageException(
                    "@Replay on " + method.getDeclaringClass().getSimpleName() + "." + method.getName()
                            + " wants a @FaultTest or @AtLeastOnceTest beside it, and nothing else that makes a method a test.");
        }
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        String where = "@" + path.get(0).annotationType().getSimpleName() + " on " + name;
        Fault[] faults = faults(path, "faults");
        if (faults.length == 0) {
            throw new UsageException(where + ": faults wants at least one fault.");
        }
        EnumSet<Fault> asked = EnumSet.of(faults[0], faults);
        Map<Bound, Said> bounds = new EnumMap<>(Bound.class);
        path.forEach(annotation -> DeclaredBounds.of(annotation, where).forEach(bounds::putIfAbsent));
        boolean everyInterleaving = bounds.containsKey(Bound.EVERY_INTERLEAVING)
                && Bounds.DEFAULT
                        .with(
                                Bound.EVERY_INTERLEAVING,
                                bounds.get(Bound.EVERY_INTERLEAVING).value())
                        .everyInterleaving();
        if (everyInterleaving && !asked.contains(Fault.CONCURRENT)) {
            throw new UsageException(where
                    + ": everyInterleaving wants CONCURRENT among the faults, since nothing else happens at once.");
        }
        return new Declaration(
                where,
                asked,
                required(path, asked, where),
                bounds,
                text(path, "budget"),
                text(path, "mayPassUndelivered"),
                path.stream()
                        .map(annotation -> DeclaredBounds.attribute(annotation, "derive"))
                        .anyMatch(Boolean.TRUE::equals));
    }

    /** Says whether the test leaves the choice of faults to the toolkit. */
    boolean takesTheDefault() {
        return faults.equals(DEFAULT);
    }

    private static Set<Fault> defaultFaults() {
        try {
            Fault[] faults = (Fault[]) FaultTest.class.getMethod("faults").getDefaultValue();
            return Collections.unmodifiableSet(EnumSet.of(faults[0], faults));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What a composed annotation names is a menu for many tests; what the method itself names is meant. */
    private static Set<Fault> required(List<Annotation> path, Set<Fault> asked, String where) {
        Fault[] optional = faults(path, "optional");
        EnumSet<Fault> required = EnumSet.noneOf(Fault.class);
        if (isNamed(path.get(0))) {
            required.addAll(asked);
        }
        for (Fault fault : optional) {
            if (!asked.contains(fault)) {
                throw new UsageException(
                        where + ": optional wants a fault that is among the faults, but " + fault + " is not.");
            }
            required.remove(fault);
        }
        return required;
    }

    private static boolean isNamed(Annotation annotation) {
        for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
            if (attribute.getName().equals("faults")) {
                Object value = ReflectionSupport.invokeMethod(attribute, annotation);
                return !Objects.deepEquals(value, attribute.getDefaultValue());
            }
        }
        return false;
    }

    /** Finds the way from the method to {@link FaultTest}, the annotation on the method first. */
    private static boolean find(Annotation[] annotations, List<Annotation> path, Set<Class<?>> seen) {
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (!seen.add(type)) {
                continue;
            }
            path.add(annotation);
            if (type == FaultTest.class || find(type.getAnnotations(), path, seen)) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }

    private static Fault[] faults(List<Annotation> path, String attribute) {
        for (Annotation annotation : path) {
            if (DeclaredBounds.attribute(annotation, attribute) instanceof Fault[] faults && faults.length > 0) {
                return faults;
            }
        }
        return new Fault[0];
    }

    private static String text(List<Annotation> path, String attribute) {
        for (Annotation annotation : path) {
            if (DeclaredBounds.attribute(annotation, attribute) instanceof String text && !text.isBlank()) {
                return text;
            }
        }
        return "";
    }
}
