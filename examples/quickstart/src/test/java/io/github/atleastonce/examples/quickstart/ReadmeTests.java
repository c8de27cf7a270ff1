package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README and the page on channels show is code that is compiled and tested in the examples. */
class ReadmeTests {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/channels.md"})
    void showsCodeOfTheExamplesOnly(String page) throws IOException {
        String sources = sources();
        List<String> snippets = JAVA.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(3);
        assertThat(snippets)
                .filteredOn(snippet -> !sources.contains(folded(snippet)))
                .as("snippets that no example has")
                .isEmpty();
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(ReadmeTests::read)
                    .map(ReadmeTests::folded)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String folded(String code) {
        return code.replaceAll("\\s+", "");
    }
}
