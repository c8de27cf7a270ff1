package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.archrules.map.CouplingMap;
import io.github.atleastonce.archrules.model.EventModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map of one build and of several, in its three forms. */
class CouplingMapTests {

    static final Path MAPS = Path.of("src/test/maps");

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
