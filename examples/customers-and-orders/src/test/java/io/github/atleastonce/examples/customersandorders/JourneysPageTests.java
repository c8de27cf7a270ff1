package io.github.atleastonce.examples.customersandorders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The picture of {@code docs/journeys.md} is that of this example; its code is compared by {@code GuideTests} of the quickstart. */
class JourneysPageTests {

    private static final Path PAGE = Path.of("..", "..", "docs", "journeys.md");
    private static final Path JOURNEY = Path.of("src", "test", "journeys", "customers-and-orders.mmd");

    @Test
    void thePictureIsThatOfTheTest() throws IOException {
        assertThat(Files.readString(PAGE)).contains("```mermaid\n" + Files.readString(JOURNEY) + "```");
    }
}
