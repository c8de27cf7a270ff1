package io.github.atleastonce.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells results to machines: {@code report.json}. */
final class JsonReport {

    private static final Set<String> HIDDEN = Set.of(Result.DIRECTORY, Result.SHARE);
    private static final Set<String> LISTS =
            Set.of(Result.TRIED, Result.WITHOUT_PLACE, Result.STEPLESS, Result.NOT_TRIED);
    private static final Set<String> NUMBERS = Set.of(Result.RUNS, Result.MILLIS, Result.EXHAUSTED);

    private JsonReport() {}

    /** Makes the report of results. */
    static String of(List<KeptResult> results) {
        return "{\"version\": 1, \"tests\": [\n"
                + results.stream().map(JsonReport::test).collect(Collectors.joining(",\n"))
                + "\n]}\n";
    }

    private static String test(KeptResult result) {
        StringBuilder json = new StringBuilder(
                "{\"class\": " + quoted(result.testClass()) + ", \"method\": " + quoted(result.method()));
        result.entries().forEach((key, value) -> {
            if (key.equals(Result.STORY)) {
                json.append(", \"story\": ").append(quoted(value));
            } else if (!HIDDEN.contains(key)) {
                json.append(", ")
                        .append(quoted(key.substring(Result.STORY.length() + 1)))
                        .append(": ")
                        .append(value(key, value));
            }
        });
        return json.append('}').toString();
    }

    private static String value(String key, String value) {
        if (NUMBERS.contains(key)) {
            return value;
        }
        if (LISTS.contains(key)) {
            return Stream.of(value.split(",")).map(JsonReport::quoted).toList().toString();
        }
        if (key.equals(Result.PLACES)) {
            List<String> places = new ArrayList<>();
            for (String place : value.split(",")) {
                places.add(quoted(place.substring(0, place.indexOf('='))) + ": "
                        + place.substring(place.indexOf('=') + 1));
            }
            return "{" + String.join(", ", places) + "}";
        }
        return quoted(value);
    }

    /** Quotes a text; all but ASCII is escaped, so that no reader needs to guess an encoding. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                json.append('\\').append(letter);
            } else if (letter == '\n') {
                json.append("\\n");
            } else if (letter < ' ' || letter > '~') {
                json.append(String.format("\\u%04x", (int) letter));
            } else {
                json.append(letter);
            }
        }
        return json.append('"').toString();
    }
}
