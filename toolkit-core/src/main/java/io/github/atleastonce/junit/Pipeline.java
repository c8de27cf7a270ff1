package io.github.atleastonce.junit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the pipeline that runs a build of failures, in the words that it knows: an annotation at the line that failed, the page as an attachment, and a summary of
 * all fault tests. Which pipeline it is says its environment; elsewhere nothing is told. What cannot be written is left out: it must not fail a build.
 */
final class Pipeline {

    /** GitHub takes no more for one step. */
    private static final int LARGEST_SUMMARY = 1 << 20;

    private static final List<String> SOURCES = List.of("src/test/java", "src/test/kotlin", "src/test/groovy");

    private final Map<String, String> environment;
    private final Path here;

    Pipeline(Map<String, String> environment, Path here) {
        this.environment = environment;
        this.here = here.toAbsolutePath();
    }

    static Pipeline present() {
        return new Pipeline(System.getenv(), Path.of(""));
    }

    /** Returns the lines to print for a test that has not held. */
    List<String> lines(String test, Map<String, String> entries) {
        List<String> lines = new ArrayList<>();
        if (Result.holds(entries)) {
            return lines;
        }
        String line = entries.getOrDefault(Result.LINE, "");
        String story = entries.getOrDefault(Result.STORY, line);
        Place place = Place.of(entries.get(Result.WHERE));
        if (has("GITHUB_ACTIONS")) {
            lines.add("::error " + github(place) + "title=" + property(test + ": " + line) + "::" + data(story));
        }
        if (has("TF_BUILD")) {
            lines.add("##vso[task.logissue type=error" + azure(place) + "]" + oneLine(test + ": " + line));
        }
        return lines;
    }

    /** Returns the line that attaches a page to the test that prints it. */
    Optional<String> attachment(Path page) {
        return has("GITLAB_CI") || has("JENKINS_URL") ? Optional.of("[[ATTACHMENT|" + page + "]]") : Optional.empty();
    }

    /** Adds what all fault tests have come to to the summary of the job, if there is one. */
    void summarize(Map<String, Map<String, String>> results) {
        String file = environment.get("GITHUB_STEP_SUMMARY");
        if (file == null || file.isBlank() || results.isEmpty()) {
            return;
        }
        try {
            Path summary = Path.of(file);
            long free = LARGEST_SUMMARY - (Files.exists(summary) ? Files.size(summary) : 0);
            StringBuilder text = new StringBuilder("### Fault tests\n\n| test | result |\n|---|---|\n");
            results.forEach((test, entries) -> text.append("| ")
                    .append(cell(test))
                    .append(" | ")
                    .append(Result.holds(entries) ? "" : "**fails** ")
                    .append(cell(entries.getOrDefault(Result.LINE, "")))
                    .append(" |\n"));
            text.append('\n');
            results.forEach((test, entries) -> {
                if (!Result.holds(entries)) {
                    text.append("<details><summary>")
                            .append(cell(test))
                            .append("</summary>\n\n````\n")
                            .append(entries.getOrDefault(Result.STORY, "").replace("````", "'''"))
                            .append("\n````\n\n</details>\n\n");
                }
            });
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length <= free) {
                Files.write(summary, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException unwritable) {
            // see above
        }
    }

    private boolean has(String variable) {
        String value = environment.get(variable);
        return value != null && !value.isBlank() && !value.equalsIgnoreCase("false");
    }

    private String github(@Nullable Place place) {
        return place == null
                ? ""
                : "file=" + property(fromRoot(place, "GITHUB_WORKSPACE")) + ",line=" + place.line() + ",";
    }

    private String azure(@Nullable Place place) {
        return place == null
                ? ""
                : ";sourcepath=" + oneLine(fromRoot(place, "BUILD_SOURCESDIRECTORY")) + ";linenumber=" + place.line();
    }

    /** Pipelines want files as they lie in the repository. */
    private String fromRoot(Place place, String variable) {
        Path file = SOURCES.stream()
                .map(source -> here.resolve(source).resolve(place.file()))
                .filter(Files::exists)
                .findFirst()
                .orElse(here.resolve(SOURCES.get(0)).resolve(place.file()));
        String root = environment.get(variable);
        Path above = root == null || root.isBlank() ? here : Path.of(root).toAbsolutePath();
        return (file.startsWith(above) ? above.relativize(file) : file)
                .toString()
                .replace('\\', '/');
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\r\n;\\]]+", " ");
    }

    private static String cell(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replaceAll("[\r\n]+", " ");
    }

    /** Where a test failed: a file under its sources, and a line. */
    private record Place(String file, int line) {

        static @Nullable Place of(@Nullable String where) {
            if (where == null) {
                return null;
            }
            int colon = where.lastIndexOf(':');
            return new Place(where.substring(0, colon), Integer.parseInt(where.substring(colon + 1)));
        }
    }
}
