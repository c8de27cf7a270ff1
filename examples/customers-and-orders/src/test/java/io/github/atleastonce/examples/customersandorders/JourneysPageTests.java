package io.github.atleastonce.examples.customersandorders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code and the picture of {@code docs/journeys.md} are those of this example. */
class JourneysPageTests {

    private static final Path PAGE = Path.of("..", "..", "docs", "journeys.md");
    private static final Path SOURCES =
            Path.of("src", "test", "java", "io", "github", "atleastonce", "examples", "customersandorders");
    private static final Path JOURNEY = Path.of("src", "test", "journeys", "customers-and-orders.mmd");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theCodeIsCompiledHere() throws IOException {
        String sources = folded(Files.readString(SOURCES.resolve("OrderProcess.java"))
                + Files.readString(SOURCES.resolve("InMemoryTests.java")));
        List<String> snippets = JAVA.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(snippets)
                .hasSize(3)
                .allSatisfy(snippet -> assertThat(sources).contains(folded(snippet)));
    }

    @Test
    void thePictureIsThatOfTheTest() throws IOException {
        assertThat(Files.readString(PAGE)).contains("```mermaid\n" + Files.readString(JOURNEY) + "```");
    }

    private static String folded(String code) {
        return code.replaceAll("\\s+", "");
    }
}
