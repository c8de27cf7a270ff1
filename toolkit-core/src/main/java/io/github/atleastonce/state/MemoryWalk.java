package io.github.atleastonce.state;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes objects down field by field, each once, so that equal texts mean equal graphs of objects. */
final class MemoryWalk {

    private static final int OBJECTS = 20_000;
    private static final int DEPTH = 400;

    /** Values that their text tells. */
    private static final Set<String> VALUES = Set.of("java.time", "java.math", "java.lang.constant");

    private static final Set<String> VALUE_TYPES = Set.of(
            "java.util.UUID",
            "java.util.Locale",
            "java.util.Currency",
            "java.util.Date",
            "java.util.regex.Pattern",
            "java.net.URI",
            "java.net.URL",
            "java.lang.StringBuilder",
            "java.lang.StringBuffer",
            "java.util.concurrent.atomic.LongAdder");

    /** What leads out of the memory, or is the machine's own. What it is, is the same in each run; what is behind it is not looked at. */
    private static final List<String> RESOURCES = List.of(
            "java.io.",
            "java.nio.",
            "java.net.",
            "java.sql.",
            "javax.sql.",
            "java.lang.",
            "java.util.concurrent.locks.",
            "java.util.logging.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "java.security.");

    private static final @Nullable CodeSource TOOLKIT =
            MemoryWalk.class.getProtectionDomain().getCodeSource();

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private final Snapshot into;
    private final Map<Object, Integer> met = new IdentityHashMap<>();
    private int depth;

    /** What is to be done with the objects of a class. */
    private record Shape(Kind kind, List<Field> fields) {

        enum Kind {
            VALUE,
            RESOURCE,
            FIELDS,
            UNREADABLE
        }

        static Shape of(Class<?> type) {
            String name = type.getName();
            if (Enum.class.isAssignableFrom(type)
                    || Number.class.isAssignableFrom(type) && name.startsWith("java.")
                    || CharSequence.class.isAssignableFrom(type) && name.startsWith("java.")
                    || type == Boolean.class
                    || type == Character.class
                    || VALUES.contains(type.getPackageName())
                    || VALUE_TYPES.contains(name)) {
                return new Shape(Kind.VALUE, List.of());
            }
            if (Executor.class.isAssignableFrom(type)) {
                return new Shape(Kind.RESOURCE, List.of());
            }
            if (ThreadLocal.class.isAssignableFrom(type)) {
                return new Shape(Kind.UNREADABLE, List.of());
            }
            if (isOfTheToolkit(type) && !type.isRecord() && !type.isHidden()
                    || java.sql.Wrapper.class.isAssignableFrom(type)
                    || name.endsWith("Logger")
                    || RESOURCES.stream().anyMatch(name::startsWith)) {
                return new Shape(Kind.RESOURCE, List.of());
            }
            if (name.startsWith("java.") || type.isArray()) {
                return new Shape(Kind.UNREADABLE, List.of());
            }
            List<Field> fields = new ArrayList<>();
            try {
                for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                    for (Field field : each.getDeclaredFields()) {
                        if (!Modifier.isStatic(field.getModifiers())) {
                            field.setAccessible(true);
                            fields.add(field);
                        }
                    }
                }
            } catch (InaccessibleObjectException | SecurityException closed) {
                return new Shape(Kind.UNREADABLE, List.of());
            }
            return new Shape(Kind.FIELDS, List.copyOf(fields));
        }

        private static boolean isOfTheToolkit(Class<?> type) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            return TOOLKIT != null && source != null && Objects.equals(TOOLKIT.getLocation(), source.getLocation());
        }
    }

    MemoryWalk(Snapshot into) {
        this.into = into;
    }

    void walk(@Nullable Object root) {
        write(root, into.raw());
    }

    private void write(@Nullable Object object, StringBuilder out) {
        if (object == null) {
            out.append('-');
            return;
        }
        Class<?> type = object.getClass();
        if (object instanceof String text) {
            out.append('"').append(text.length()).append(':').append(text);
            return;
        }
        Shape shape = SHAPES.get(type);
        if (shape.kind() == Shape.Kind.VALUE) {
            String text = object.toString();
            out.append(type.getName()).append(text.length()).append(':').append(text);
            return;
        }
        Integer number = met.putIfAbsent(object, met.size());
        if (number != null) {
            out.append('#').append(number);
            return;
        }
        if (met.size() > OBJECTS || depth > DEPTH) {
            into.unseen("so much memory as a service has, up to " + type.getName());
            return;
        }
        out.append(type.getName()).append('{');
        depth++;
        inside(object, shape, out);
        depth--;
        out.append('}');
    }

    private void inside(Object object, Shape shape, StringBuilder out) {
        if (object instanceof Map<?, ?> map) {
            entries(map, out);
        } else if (object instanceof Collection<?> collection) {
            elements(collection, out);
        } else if (object.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(object); i++) {
                write(Array.get(object, i), out);
                out.append(',');
            }
        } else if (object instanceof Optional<?> optional) {
            write(optional.orElse(null), out);
        } else if (object instanceof AtomicReference<?> reference) {
            write(reference.get(), out);
        } else if (object instanceof Reference<?> reference) {
            write(reference.get(), out);
        } else if (object instanceof AtomicBoolean flag) {
            out.append(flag.get());
        } else if (object instanceof BitSet bits) {
            out.append(bits);
        } else if (shape.kind() == Shape.Kind.FIELDS) {
            for (Field field : shape.fields()) {
                out.append(field.getName()).append('=');
                write(value(field, object), out);
                out.append(',');
            }
        } else if (shape.kind() == Shape.Kind.UNREADABLE) {
            into.unseen("what an object of " + object.getClass().getName() + " keeps");
        }
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void elements(Collection<?> all, StringBuilder out) {
        if (isOrdered(all)) {
            for (Object element : all) {
                write(element, out);
                out.append(',');
            }
            return;
        }
        all.stream().map(this::apart).sorted().forEach(text -> out.append(text).append(','));
    }

    private static boolean isOrdered(Collection<?> all) {
        return all instanceof List
                || all instanceof Deque
                || all instanceof Queue
                || all instanceof SortedSet
                || all instanceof LinkedHashSet
                || !(all instanceof Set);
    }

    private void entries(Map<?, ?> map, StringBuilder out) {
        if (map instanceof LinkedHashMap || map instanceof SortedMap) {
            map.forEach((key, value) -> {
                write(key, out);
                out.append('=');
                write(value, out);
                out.append(',');
            });
            return;
        }
        // In the order of what the keys say; the values follow in that order, so that they share their numbers.
        List<Map.Entry<String, @Nullable Object>> sorted = new ArrayList<>(map.size());
        map.forEach((key, value) -> sorted.add(new java.util.AbstractMap.SimpleEntry<>(apart(key), value)));
        sorted.sort(Comparator.comparing(Map.Entry::getKey));
        for (Map.Entry<String, @Nullable Object> entry : sorted) {
            out.append(entry.getKey()).append('=');
            write(entry.getValue(), out);
            out.append(',');
        }
    }

    /** Writes an object whose place in an order is not known yet: its numbers are its own. */
    private String apart(@Nullable Object object) {
        StringBuilder out = new StringBuilder();
        MemoryWalk own = new MemoryWalk(into);
        own.depth = depth;
        own.write(object, out);
        return out.toString();
    }
}
