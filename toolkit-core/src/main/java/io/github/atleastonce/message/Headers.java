package io.github.atleastonce.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The headers of a message: names and text values in the order in which they were added. Immutable. */
@API(status = API.Status.EXPERIMENTAL)
public final class Headers {

    private static final Headers NONE = new Headers(Map.of());

    private final Map<String, String> values;

    private Headers(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Returns headers without an entry.
     *
     * @return the empty headers
     */
    public static Headers none() {
        return NONE;
    }

    /**
     * Copies a map into headers, in its order.
     *
     * @param values names and values
     * @return the headers
     */
    public static Headers of(Map<String, String> values) {
        return values.isEmpty() ? NONE : new Headers(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }

    /**
     * Returns these headers with one entry more, or changed.
     *
     * @param name the header's name
     * @param value the header's value
     * @return new headers
     */
    public Headers with(String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.put(name, value);
        return new Headers(Collections.unmodifiableMap(copy));
    }

    /**
     * Looks a header up.
     *
     * @param name the header's name
     * @return its value, or null if there is none
     */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /**
     * Returns all headers.
     *
     * @return an unmodifiable map in the order of addition
     */
    public Map<String, String> asMap() {
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && headers.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
