package io.github.atleastonce.check;

import io.github.atleastonce.run.UsageException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The way to a value in a payload: names of members, and numbers of elements. Immutable. */
@API(status = API.Status.INTERNAL)
public final class PayloadPath {

    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d+)]");

    private final List<Object> steps;

    private PayloadPath(List<Object> steps) {
        this.steps = steps;
    }

    /**
     * Reads a path.
     *
     * @param path the names on the way, for example {@code customer.id}, {@code $.lines[0].amount}
     * @return the way
     * @throws UsageException if it cannot be read
     */
    public static PayloadPath of(String path) {
        String rest = path.startsWith("$") ? path.substring(1) : path;
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(rest);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            steps.add(matcher.group(1) != null ? matcher.group(1) : (Object) Integer.valueOf(matcher.group(2)));
        }
        if (end != rest.length()) {
            throw new UsageException(
                    "The path '" + path + "' cannot be read: it looks like customer.id or $.lines[0].amount.");
        }
        return new PayloadPath(steps);
    }

    /**
     * Goes the way.
     *
     * @param payload an object, or JSON as text or bytes
     * @return the value
     * @throws MissingException if there is none
     */
    public @Nullable Object in(Object payload) {
        Object value = payload instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : payload;
        if (value instanceof String text) {
            value = JsonText.read(text);
        }
        for (Object step : steps) {
            value = step instanceof Integer index ? element(value, index) : member(value, (String) step);
        }
        return value;
    }

    private static @Nullable Object element(@Nullable Object value, int index) {
        if (value instanceof Iterable<?> elements) {
            int at = 0;
            for (Object element : elements) {
                if (at++ == index) {
                    return element;
                }
            }
        }
        if (value instanceof Object[] elements && index < elements.length) {
            return elements[index];
        }
        throw new MissingException("there is no element " + index + " in " + value);
    }

    private static @Nullable Object member(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> members) {
            if (!members.containsKey(name)) {
                throw new MissingException("there is no '" + name + "' in " + members.keySet());
            }
            return members.get(name);
        }
        if (value == null) {
            throw new MissingException("there is no '" + name + "' in null");
        }
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        for (String accessor : List.of(name, "get" + capital, "is" + capital)) {
            for (Method method : value.getClass().getMethods()) {
                if (method.getName().equals(accessor) && method.getParameterCount() == 0) {
                    return call(method, value);
                }
            }
        }
        throw new MissingException(
                "there is no '" + name + "' in " + value.getClass().getSimpleName());
    }

    private static @Nullable Object call(Method method, Object value) {
        try {
            method.setAccessible(true);
            return method.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException failure) {
            throw new MissingException(method.getName() + "() threw " + failure);
        }
    }

    /** There is no such value. */
    public static final class MissingException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }
}
