package io.github.atleastonce.junit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names, each with any number of values, on one line: written as browsers send a form. */
final class Form {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    static Form parse(String text) {
        Form form = new Form();
        for (String field : text.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(field.substring(0, equals), URLDecoder.decode(field.substring(equals + 1), UTF_8));
            }
        }
        return form;
    }

    Form put(String name, Object value) {
        values.computeIfAbsent(name, none -> new ArrayList<>()).add(value.toString());
        return this;
    }

    Form putAll(String name, Collection<?> all) {
        all.forEach(value -> put(name, value));
        return this;
    }

    Set<String> names() {
        return values.keySet();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Returns the only value of a name. */
    String one(String name) {
        List<String> all = all(name);
        if (all.size() != 1) {
            throw new IllegalArgumentException(name + " is there " + all.size() + " times.");
        }
        return all.get(0);
    }

    int number(String name) {
        return Integer.parseInt(one(name));
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(one(name));
    }

    @Override
    public String toString() {
        List<String> fields = new ArrayList<>();
        values.forEach((name, all) -> all.forEach(value -> fields.add(name + "=" + URLEncoder.encode(value, UTF_8))));
        return String.join("&", fields);
    }
}
