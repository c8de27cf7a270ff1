package io.github.atleastonce.state;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects down field by field, each once, so that equal texts mean equal graphs of objects. Whatever it comes across, it neither throws nor goes on
 * for long: what cannot be read is said to be unseen.
 */
final class MemoryWalk {

    /** How much text one snapshot may have, in characters; each object counts as one more. */
    private static final int TEXT = 2_000_000;

    private static final int OBJECTS = 100_000;
    private static final int DEPTH = 400;

    private final Snapshot into;
    private final Budget budget;
    private final Map<Object, Integer> met = new IdentityHashMap<>();
    /** Where each object on the way to the present one lies. */
    private final Map<Object, Integer> path;

    private final Known known = new Known(this);

    /** What is left for one snapshot. */
    private static final class Budget {

        private int text = TEXT;
        private int objects = OBJECTS;
    }

    MemoryWalk(Snapshot into) {
        this(into, new Budget(), new IdentityHashMap<>());
    }

    private MemoryWalk(Snapshot into, Budget budget, Map<Object, Integer> path) {
        this.into = into;
        this.budget = budget;
        this.path = path;
    }

    void walk(@Nullable Object root) {
        try {
            write(root, into.raw());
        } catch (StackOverflowError tooDeep) {
            path.clear();
            into.unseen("memory as deep as that of " + (root == null ? "null" : name(root)));
        }
    }

    void unreadable(Object object) {
        into.unseen("what an object of " + name(object) + " keeps");
    }

    boolean isSpent() {
        return budget.text < 0 || budget.objects < 0;
    }

    void write(@Nullable Object object, StringBuilder out) {
        budget.objects--;
        if (isSpent()) {
            into.unseen("so much memory as a service has, up to " + (object == null ? "null" : name(object)));
            return;
        }
        if (object == null) {
            out.append('-');
            return;
        }
        if (object instanceof String text) {
            text('"' + "", text, out);
            return;
        }
        Shape shape = Shape.of(object.getClass());
        if (shape.kind() == Shape.Kind.VALUE) {
            text(name(object), Known.text(object), out);
            return;
        }
        Integer above = path.get(object);
        if (above != null) {
            out.append('^').append(above);
            return;
        }
        Integer number = met.putIfAbsent(object, met.size());
        if (number != null) {
            out.append('#').append(number);
            return;
        }
        if (path.size() > DEPTH) {
            into.unseen("memory as deep as that up to " + name(object));
            return;
        }
        out.append(name(object)).append('{');
        path.put(object, path.size());
        inside(object, shape, out);
        path.remove(object);
        out.append('}');
    }

    private void text(String what, String text, StringBuilder out) {
        budget.text -= text.length();
        if (!isSpent()) {
            out.append(what).append(text.length()).append(':').append(text);
        }
    }

    private static String name(Object object) {
        return object.getClass().getName();
    }

    /** Some of what is called here is code of the application's, which may do anything. */
    private void inside(Object object, Shape shape, StringBuilder out) {
        try {
            switch (shape.kind()) {
                case VARIABLE -> text("", Known.text(object), out);
                case KNOWN -> {
                    if (object.getClass().isArray()) {
                        array(object, out);
                    } else {
                        known.write(object, out);
                    }
                    fields(object, shape.fields(), out);
                }
                case FIELDS -> fields(object, shape.fields(), out);
                case UNREADABLE -> unreadable(object);
                default -> {}
            }
        } catch (RuntimeException | ReflectiveOperationException failure) {
            into.unseen("what an object of " + name(object) + " keeps ("
                    + failure.getClass().getName() + ")");
        }
    }

    private void fields(Object object, List<Field> fields, StringBuilder out) throws IllegalAccessException {
        for (Field field : fields) {
            out.append(field.getName()).append('=');
            write(field.get(object), out);
            out.append(',');
        }
    }

    private void array(Object array, StringBuilder out) {
        int length = Array.getLength(array);
        if (array instanceof byte[] bytes) {
            text("", length <= TEXT / 2 ? java.util.HexFormat.of().formatHex(bytes) : "", out);
            budget.text -= length;
            return;
        }
        for (int i = 0; i < length && !isSpent(); i++) {
            write(Array.get(array, i), out);
            out.append(',');
        }
    }

    void elements(Collection<?> all, StringBuilder out) {
        if (isUnordered(all)) {
            unordered(all, out);
            return;
        }
        for (Object element : all) {
            if (isSpent()) {
                return;
            }
            write(element, out);
            out.append(',');
        }
    }

    /** What wraps another collection may keep an order, so that counts. */
    private static boolean isUnordered(Object all) {
        return all instanceof HashSet && !(all instanceof LinkedHashSet)
                || all instanceof HashMap && !(all instanceof LinkedHashMap)
                || all instanceof ConcurrentHashMap
                || all instanceof ConcurrentHashMap.KeySetView
                || all instanceof Hashtable
                || all instanceof IdentityHashMap
                || all instanceof WeakHashMap
                || !(all instanceof List) && name(all).startsWith("java.util.ImmutableCollections");
    }

    private void unordered(Collection<?> all, StringBuilder out) {
        List<Map.Entry<String, @Nullable Object>> sorted = new ArrayList<>();
        for (Object element : all) {
            if (isSpent()) {
                return;
            }
            sorted.add(new SimpleImmutableEntry<>(apart(element), element));
        }
        sorted.sort(Map.Entry.comparingByKey());
        // Once the order is known, they share their numbers with all others.
        for (Map.Entry<String, @Nullable Object> element : sorted) {
            write(element.getValue(), out);
            out.append(',');
        }
    }

    void entries(Map<?, ?> map, StringBuilder out) {
        List<Entry> all = new ArrayList<>();
        boolean ordered = !isUnordered(map);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (isSpent()) {
                return;
            }
            all.add(new Entry(ordered ? "" : apart(entry.getKey()), entry.getKey(), entry.getValue()));
        }
        all.sort(Comparator.comparing(Entry::text));
        for (Entry entry : all) {
            write(entry.key(), out);
            out.append('=');
            write(entry.value(), out);
            out.append(',');
        }
    }

    private record Entry(
            String text, @Nullable Object key, @Nullable Object value) {}

    /** Tells an object whose place in an order is not known yet: its numbers are its own, but for those on the way to it. */
    private String apart(@Nullable Object object) {
        StringBuilder out = new StringBuilder();
        new MemoryWalk(into, budget, path).write(object, out);
        budget.text -= out.length();
        return out.toString();
    }
}
