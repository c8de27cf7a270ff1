package io.github.atleastonce.evolution;

import io.github.atleastonce.check.JsonText;
import io.github.atleastonce.check.PayloadPath;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, texts, numbers as they are written, booleans and null. */
final class Json {

    private Json() {}

    /** Reads what may be no JSON. */
    static Optional<Document> read(byte[] bytes) {
        try {
            return Optional.of(new Document(JsonText.read(new String(bytes, StandardCharsets.UTF_8), BigDecimal::new)));
        } catch (PayloadPath.MissingException none) {
            return Optional.empty();
        }
    }

    /**
     * A text that was read.
     *
     * @param root what it says
     */
    record Document(@Nullable Object root) {

        /** Returns another one of the same content, which may be changed. */
        Document copy() {
            return read(bytes()).orElseThrow();
        }

        byte[] bytes() {
            return compact(root).getBytes(StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> members(Object object) {
        return (Map<String, @Nullable Object>) object;
    }

    @SuppressWarnings("unchecked")
    static List<@Nullable Object> elements(Object list) {
        return (List<@Nullable Object>) list;
    }

    static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        if (value instanceof BigDecimal number) {
            return number.scale() > 0 ? "a fraction" : "a whole number";
        }
        return value instanceof Boolean ? "true or false" : "a text";
    }

    /** Collects what is neither an object nor a list, in order. */
    static List<@Nullable Object> leaves(@Nullable Object value) {
        List<@Nullable Object> leaves = new ArrayList<>();
        addLeaves(value, leaves);
        return leaves;
    }

    private static void addLeaves(@Nullable Object value, List<@Nullable Object> leaves) {
        if (value instanceof Map<?, ?> object) {
            members(object).values().forEach(each -> addLeaves(each, leaves));
        } else if (value instanceof List<?> list) {
            elements(list).forEach(each -> addLeaves(each, leaves));
        } else {
            leaves.add(value);
        }
    }

    static String compact(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text, "", "");
        return text.toString();
    }

    /** Writes for people: one member a line. */
    static String pretty(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text, "\n", "  ");
        return text.append('\n').toString();
    }

    private static void write(@Nullable Object value, StringBuilder text, String line, String step) {
        if (value instanceof Map<?, ?> object) {
            Iterator<Map.Entry<String, @Nullable Object>> members =
                    members(object).entrySet().iterator();
            text.append('{');
            while (members.hasNext()) {
                Map.Entry<String, @Nullable Object> member = members.next();
                text.append(line).append(step).append(quoted(member.getKey())).append(step.isEmpty() ? ":" : ": ");
                write(member.getValue(), text, line + step, step);
                text.append(members.hasNext() ? "," : line);
            }
            text.append('}');
        } else if (value instanceof List<?> list) {
            Iterator<@Nullable Object> elements = elements(list).iterator();
            text.append('[');
            while (elements.hasNext()) {
                text.append(line).append(step);
                write(elements.next(), text, line + step, step);
                text.append(elements.hasNext() ? "," : line);
            }
            text.append(']');
        } else {
            text.append(value instanceof String string ? quoted(string) : String.valueOf(value));
        }
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"', '\\' -> quoted.append('\\').append(letter);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (letter < ' ') {
                        quoted.append(String.format("\\u%04x", (int) letter));
                    } else {
                        quoted.append(letter);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
