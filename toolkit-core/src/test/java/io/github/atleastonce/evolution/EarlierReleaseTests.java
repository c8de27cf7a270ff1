package io.github.atleastonce.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.atleastonce.run.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Yesterday's consumer, by the jar of its release. */
class EarlierReleaseTests {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String NAME = "io.github.atleastonce.evolution.Shipped";

    @TempDir
    Path directory;

    private Path jar;

    /** The class of that name as it was: it counts in pieces. */
    @BeforeEach
    void release() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source")).resolve("Shipped.java");
        Files.writeString(
                source,
                "package io.github.atleastonce.evolution; public record Shipped(String orderId, int pieces) {}");
        Path classes = Files.createDirectories(directory.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
        assertThat(status).isZero();
        jar = directory.resolve("shipping-1.4.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            String entry = NAME.replace('.', '/') + ".class";
            out.putNextEntry(new JarEntry(entry));
            out.write(Files.readAllBytes(classes.resolve(entry)));
            out.closeEntry();
        }
    }

    private EventArchive archive(String newest) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("Shipped"));
        Files.writeString(folder.resolve("v1.json"), "{\"orderId\":\"o-1\",\"pieces\":3}");
        Files.writeString(folder.resolve("v2.json"), newest);
        return EventArchive.at(folder.toString());
    }

    @Test
    void theClassOfThenReadsWhatIsWrittenToday() throws IOException {
        try (EarlierRelease release = EarlierRelease.of(jar.toString())) {
            Class<?> old = release.type(NAME);

            assertThat(old).isNotEqualTo(Shipped.class);
            assertThat(archive("{\"orderId\":\"o-1\",\"pieces\":3,\"parcels\":1}")
                            .formerlyReadBy(bytes -> MAPPER.readValue(bytes, old)))
                    .isReadByYesterdaysConsumer();
        }
    }

    @Test
    void andMissesWhatItHadThen() throws IOException {
        try (EarlierRelease release = EarlierRelease.of(jar.toString())) {
            Class<?> old = release.type(NAME);
            EventArchive archive = archive("{\"orderId\":\"o-1\",\"parcels\":1}")
                    .formerlyReadBy(bytes -> MAPPER.readValue(bytes, old));

            assertThatThrownBy(() -> assertThat(archive).isReadByYesterdaysConsumer())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            "Shipped/v2.json is read by yesterday's consumer, but pieces is 0 in it, which was 3 when Shipped/v1.json was read.");
        }
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        assertThatThrownBy(() -> EarlierRelease.of(directory.resolve("none.jar").toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("there is none at ");
        assertThatThrownBy(EarlierRelease::of).isInstanceOf(UsageException.class);
        try (EarlierRelease release = EarlierRelease.of(jar.toString())) {
            assertThatThrownBy(() -> release.type("shop.Shipped"))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("There is no type shop.Shipped in ");
        }
    }
}
