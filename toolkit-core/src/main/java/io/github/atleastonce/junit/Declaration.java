package io.github.atleastonce.junit;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the annotations of a test method say. A composed annotation passes attributes on by declaring them with the same name
 * and type: the value nearest to the method that is set at all wins.
 *
 * @param where the annotation and the method, for messages
 * @param faults the faults that are asked for, at least one
 * @param bounds the bounds that are said, as text
 */
record Declaration(String where, Set<Fault> faults, Map<Bound, Said> bounds) {

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
            throw new IllegalStateException("There is no @FaultTest on " + method + ".");
        }
        String where = "@" + path.get(0).annotationType().getSimpleName() + " on "
                + method.getDeclaringClass().getSimpleName() + "." + method.getName();
        Fault[] faults = faults(path);
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
        return new Declaration(where, asked, bounds);
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

    private static Fault[] faults(List<Annotation> path) {
        for (Annotation annotation : path) {
            if (DeclaredBounds.attribute(annotation, "faults") instanceof Fault[] faults && faults.length > 0) {
                return faults;
            }
        }
        return new Fault[0];
    }
}
