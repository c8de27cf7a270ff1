package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.archrules.map.CouplingMap;
import io.github.atleastonce.archrules.model.EventModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map of one build and of several, in its three forms. */
class CouplingMapTests {

    static final Path MAPS = Path.of("src/test/maps");

    /** Where failures are drawn. */
    static final Path DRAWN = Path.of("../toolkit-core/src/main/resources/io/github/atleastonce/report");

    @TempDir
    Path directory;

    @Test
    void oneBuildInThreeForms() throws IOException {
        CouplingMap map = map("shop.java");
        assertGolden("shop.mmd", map.toMermaid());
        assertGolden("shop.json", map.toJson());
        assertGolden("shop.html", map.toHtml());
    }

    /** A page that was looked at; look again after {@code -Dgolden.write=true}. */
    private static void assertGolden(String name, String text) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(MAPS.resolve(name), text);
        }
        assertThat(text).isEqualTo(Files.readString(MAPS.resolve(name)));
    }

    @Test
    void theSameCodeGivesTheSameBytes() {
        assertThat(map("shop.java").toHtml()).isEqualTo(map("shop.java").toHtml());
    }

    @Test
    void mapsOfSeveralBuildsMergeByWireName() throws IOException {
        CouplingMap orders = map("orders-service.java");
        CouplingMap payments = map("payments-service.java");
        assertThat(payments.toMermaid()).contains("(elsewhere)");

        CouplingMap both = orders.merge(payments);
        assertThat(both.toMermaid()).contains("OrderPlaced").doesNotContain("(elsewhere)");
        assertThat(payments.merge(orders).toJson())
                .as("the order does not matter")
                .isEqualTo(both.toJson());
        assertThat(both.merge(both).toJson()).as("twice is once").isEqualTo(both.toJson());

        both.writeTo(directory);
        assertThat(CouplingMap.read(directory.resolve("coupling-map.json")).toJson())
                .isEqualTo(both.toJson());
        assertThat(directory.resolve("coupling-map.html")).exists();
        assertThat(directory.resolve("coupling-map.mmd")).exists();
    }

    @Test
    void whatIsNoMapIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), "{\"version\": 7}");
        assertThatThrownBy(() -> CouplingMap.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 1");
        Files.writeString(file, "no json");
        assertThatThrownBy(() -> CouplingMap.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no coupling map");
    }

    /** The least contrast at which WCAG calls text of this size readable. */
    private static final double READABLE = 4.5;

    @Test
    void textCanBeReadInTheLightAndInTheDark() {
        String html = map("shop.java").toHtml();
        List<Map<String, String>> schemes = schemes(html);
        assertThat(schemes).hasSize(2);
        for (Map<String, String> colours : schemes) {
            for (String text : List.of("text", "dim", "fault", "service", "party")) {
                assertThat(contrast(colour(colours, text), colour(colours, "back")))
                        .as(text + " on the page")
                        .isGreaterThan(READABLE);
            }
            for (String text : List.of("text", "dim", "service", "fault")) {
                assertThat(contrast(colour(colours, text), colour(colours, "box")))
                        .as(text + " in a heading of the table, or in a box")
                        .isGreaterThan(READABLE);
            }
        }
        assertThat(Pattern.compile("color: (?!var\\()[^;}]+").matcher(html).results())
                .as("colours that are none of these")
                .isEmpty();
    }

    @Test
    void isDrawnAsFailuresAre() throws IOException {
        String html = map("shop.java").toHtml();
        assertThat(html)
                .contains(
                        "class=\"drawing\"", "<noscript>", "prefers-reduced-motion", "@media print", "max-width: 40rem")
                .doesNotContainPattern("(?i)(src|href)\\s*=|url\\(|@import|https?://");
        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100_000);
        for (String shared : List.of("page.css", "drawing.css", "drawing.js")) {
            assertThat(html)
                    .as("of one source")
                    .contains(Files.readString(DRAWN.resolve(shared)).strip());
        }
    }

    @Test
    void whatIsOverBudgetIsRedInTheDrawing() {
        assertThat(Pattern.compile("<li class=\"fault\"[^\n]*over budget")
                        .matcher(map("shop.java").toHtml())
                        .results())
                .hasSameSizeAs(Pattern.compile("<td class=\"over\">")
                        .matcher(map("shop.java").toHtml())
                        .results()
                        .toList())
                .isNotEmpty();
    }

    @Test
    void contrastIsThatOfTheBook() {
        assertThat(contrast("#000000", "#ffffff")).isEqualTo(21);
        assertThat(contrast("#2e7d32", "#121212"))
                .as("a green that was too dark")
                .isLessThan(READABLE);
    }

    private static List<Map<String, String>> schemes(String html) {
        return Pattern.compile(":root \\{([^}]*)}")
                .matcher(html)
                .results()
                .map(block -> Pattern.compile("--(\\w+): (#[0-9a-f]{6});")
                        .matcher(block.group(1))
                        .results()
                        .collect(Collectors.toMap(colour -> colour.group(1), colour -> colour.group(2))))
                .toList();
    }

    private static String colour(Map<String, String> colours, String name) {
        return Objects.requireNonNull(colours.get(name), name);
    }

    private static double contrast(String one, String other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    /** As WCAG 2.2 defines it. */
    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double luminance = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            luminance += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return luminance;
    }

    private CouplingMap map(String name) {
        Fixture fixture = Fixture.read(MAPS.resolve(name), Idiom.SPRING_KAFKA);
        try {
            Path compiled = Files.createTempDirectory(directory, "map");
            return CouplingMap.of(EventModel.of(fixture.architecture(compiled), fixture.compile(compiled)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
