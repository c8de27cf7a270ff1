package io.github.atleastonce.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes {@code report.json} for machines. Each result has a file of its own, out of which the report is put together, so that several
 * JVMs of one build, and a second run of what failed, add to it. What cannot be written is left out: it must not fail a build.
 */
final class JsonReport {

    static final String FILE = "report.json";

    private static final String RESULTS = "results";
    private static final Set<String> LISTS =
            Set.of(Result.TRIED, Result.WITHOUT_PLACE, Result.STEPLESS, Result.NOT_TRIED);
    private static final Set<String> NUMBERS = Set.of(Result.RUNS, Result.MILLIS, Result.EXHAUSTED);

    private JsonReport() {}

    /** Writes one result, as the entries that it published. */
    static void add(Path directory, String testClass, String method, Map<String, String> entries) {
        try {
            Path results = Files.createDirectories(directory.resolve(RESULTS));
            replace(results.resolve(FileName.of(testClass + "." + method) + ".json"), test(testClass, method, entries));
        } catch (IOException unwritable) {
            // see above
        }
    }

    /** Puts the report together, and returns where it is. */
    static Path write(Path directory) {
        Path report = directory.resolve(FILE);
        try (Stream<Path> files = Files.list(directory.resolve(RESULTS))) {
            List<String> all = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                all.add(Files.readString(file));
            }
            replace(report, "{\"version\": 1, \"tests\": [\n" + String.join(",\n", all) + "\n]}\n");
        } catch (IOException unwritable) {
            // see above
        }
        return report;
    }

    private static void replace(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".draft");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String test(String testClass, String method, Map<String, String> entries) {
        StringBuilder json = new StringBuilder("{\"class\": " + quoted(testClass) + ", \"method\": " + quoted(method));
        entries.forEach((key, value) -> {
            if (key.equals(Result.STORY)) {
                json.append(", \"story\": ").append(quoted(value));
            } else if (!key.equals(Result.DIRECTORY)) {
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
