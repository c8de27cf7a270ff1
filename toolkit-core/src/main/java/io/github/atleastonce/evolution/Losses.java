package io.github.atleastonce.evolution;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a reader has lost without a word: a field that one form of an event fills, and another one leaves at null, zero or false. Where any value is
 * written so in the other form, nothing is said: names of fields do not tell which one it is.
 */
final class Losses {

    private static final int DEEP = 8;

    private final List<@Nullable Object> written;
    private final Fields fields;
    private final List<String> found = new ArrayList<>();

    private Losses(List<@Nullable Object> written, Fields fields) {
        this.written = written;
        this.fields = fields;
    }

    /**
     * Compares two readings.
     *
     * @param full what came of the form that fills the fields
     * @param other what came of another form
     * @param form that other form
     * @param fields what is known of the fields
     */
    static List<String> between(Object full, Object other, Json.Document form, Fields fields) {
        Losses losses = new Losses(Json.leaves(form.root()), fields);
        losses.compare(full, other, "", DEEP);
        return losses.found;
    }

    private void compare(Object full, Object other, String path, int deep) {
        if (full instanceof List<?> list && other instanceof List<?> others) {
            if (!list.isEmpty() && !others.isEmpty()) {
                compareValue(list.get(0), others.get(0), path, deep);
            }
        } else if (full.getClass() == other.getClass() && isOfAnApplication(full.getClass()) && deep > 0) {
            for (Class<?> type = full.getClass();
                    type != null && isOfAnApplication(type);
                    type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !Modifier.isTransient(field.getModifiers())
                            && !mayBeNull(field)) {
                        String member = path.isEmpty() ? field.getName() : path + "." + field.getName();
                        compareValue(value(field, full), value(field, other), member, deep - 1);
                    }
                }
            }
        }
    }

    private void compareValue(@Nullable Object full, @Nullable Object other, String path, int deep) {
        if (full == null || isNothing(full) || fields.isOptional(path)) {
            return;
        }
        if (other != null && !isNothing(other)) {
            compare(full, other, path, deep);
        } else if (written.stream().noneMatch(value -> isSame(value, other))) {
            found.add(path + " is " + other + " in it, which was " + full);
        }
    }

    private static boolean isNothing(Object value) {
        return value instanceof Number number ? number.doubleValue() == 0 : Boolean.FALSE.equals(value);
    }

    private static boolean isSame(@Nullable Object written, @Nullable Object nothing) {
        if (written == null || nothing == null) {
            return written == nothing;
        }
        return isNothing(written) && written instanceof Number == nothing instanceof Number;
    }

    /** What the JDK has is a value to everybody, and enums have no fields of an event. */
    private static boolean isOfAnApplication(Class<?> type) {
        return type.getClassLoader() != null && !type.isEnum() && !type.isArray() && !type.isPrimitive();
    }

    private static boolean mayBeNull(Field field) {
        return Stream.concat(
                        Arrays.stream(field.getAnnotations()),
                        Arrays.stream(field.getAnnotatedType().getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (InaccessibleObjectException | IllegalAccessException closed) {
            return null;
        }
    }
}
