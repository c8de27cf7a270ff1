package io.github.atleastonce.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Reads JSON into maps, lists, texts, numbers and booleans, without a library that a test may not have. */
@API(status = API.Status.INTERNAL)
public final class JsonText {

    private final String text;
    private final Function<String, Object> numbers;
    private int at;

    private JsonText(String text, Function<String, Object> numbers) {
        this.text = text;
        this.numbers = numbers;
    }

    static @Nullable Object read(String text) {
        return read(text, JsonText::number);
    }

    /**
     * Reads a text as a whole.
     *
     * @param text the text
     * @param numbers makes a number of its text, and throws {@link NumberFormatException} if it is none
     * @return maps in the order of the text, lists, texts, numbers, booleans and null
     * @throws PayloadPath.MissingException if it is no JSON
     */
    public static @Nullable Object read(String text, Function<String, Object> numbers) {
        JsonText reader = new JsonText(text, numbers);
        Object value = reader.value();
        reader.space();
        if (reader.at < text.length()) {
            throw reader.refusal();
        }
        return value;
    }

    private @Nullable Object value() {
        space();
        switch (peek()) {
            case '{':
                return members();
            case '[':
                return elements();
            case '"':
                return string();
            default:
                return word();
        }
    }

    private Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        space();
        while (peek() != '}') {
            String name = string();
            space();
            take(':');
            members.put(name, value());
            separator('}');
        }
        at++;
        return members;
    }

    private List<@Nullable Object> elements() {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        space();
        while (peek() != ']') {
            elements.add(value());
            separator(']');
        }
        at++;
        return elements;
    }

    private void separator(char end) {
        space();
        if (peek() != end) {
            take(',');
            space();
            if (peek() == end) {
                throw refusal();
            }
        }
    }

    private String string() {
        take('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        switch (c) {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'u':
                return numbered();
            default:
                return c;
        }
    }

    private char numbered() {
        int code = 0;
        for (int digits = 0; digits < 4; digits++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw refusal();
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private @Nullable Object word() {
        int from = at;
        while (at < text.length() && ",:]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        switch (word) {
            case "null":
                return null;
            case "true":
                return true;
            case "false":
                return false;
            default:
                try {
                    return numbers.apply(word);
                } catch (NumberFormatException none) {
                    throw refusal();
                }
        }
    }

    /** As most libraries have it: whole numbers in the smallest type that holds them. */
    private static Object number(String word) {
        try {
            long whole = Long.parseLong(word);
            return (int) whole == whole ? (Object) (int) whole : (Object) whole;
        } catch (NumberFormatException noWholeNumber) {
            return Double.valueOf(word);
        }
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw refusal();
        }
        return text.charAt(at);
    }

    private void take(char wanted) {
        if (peek() != wanted) {
            throw refusal();
        }
        at++;
    }

    private PayloadPath.MissingException refusal() {
        return new PayloadPath.MissingException("it is no JSON at character " + at);
    }
}
