package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTests {

    @TempDir
    Path parent;

    @Test
    void deletesItselfWithItsContent() throws IOException {
        DataDirectory directory = DataDirectory.createIn(List.of(parent));
        Files.createDirectories(directory.logs().resolve("orders-0"));
        Files.writeString(directory.logs().resolve("orders-0").resolve("0.log"), "a");

        directory.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void takesTheFirstPlaceThatIsFit() {
        try (DataDirectory directory = DataDirectory.createIn(List.of(parent.resolve("missing"), parent))) {
            assertThat(directory.logs()).isEmptyDirectory();
            assertThat(directory.logs().getParent()).hasParent(parent);
        }
    }

    @Test
    void sweepsWhatAKilledJvmLeftBehind() throws IOException {
        Path abandoned = leftBehind("atleastonce-kafka-1-a", Duration.ofHours(1));
        Files.createFile(abandoned.resolve("lock"));
        age(abandoned, Duration.ofHours(1));

        try (DataDirectory directory = DataDirectory.createIn(List.of(parent))) {
            assertThat(abandoned).doesNotExist();
            assertThat(directory.logs()).exists();
        }
    }

    @Test
    void sweepsWhatWasNotDeletedEntirely() throws IOException {
        Path rest = leftBehind("atleastonce-kafka-1-a", Duration.ofHours(1));

        DataDirectory.createIn(List.of(parent)).close();

        assertThat(rest).doesNotExist();
    }

    @Test
    void sparesWhatIsYoungOrForeign() throws IOException {
        Path young = leftBehind("atleastonce-kafka-1-a", Duration.ZERO);
        Files.createFile(young.resolve("lock"));
        Path foreign = leftBehind("somebody-else", Duration.ofHours(1));

        DataDirectory.createIn(List.of(parent)).close();

        assertThat(parent.toFile().listFiles()).containsExactlyInAnyOrder(young.toFile(), foreign.toFile());
    }

    @Test
    void sparesItsOwnSiblings() throws IOException {
        try (DataDirectory sibling = DataDirectory.createIn(List.of(parent))) {
            age(sibling.logs().getParent(), Duration.ofHours(1));

            DataDirectory.createIn(List.of(parent)).close();

            assertThat(sibling.logs()).exists();
        }
    }

    @Test
    void sparesWhatAnotherLivingJvmUsesUntilItIsDead() throws Exception {
        Process child = ChildJvm.start(HoldsADirectory.class, jar -> true, "-Dparent=" + parent);
        try (var output = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            Path used = Path.of(output.readLine());
            age(used, Duration.ofHours(1));

            DataDirectory.createIn(List.of(parent)).close();
            assertThat(used).exists();

            child.destroyForcibly().waitFor();
            DataDirectory.createIn(List.of(parent)).close();
            assertThat(used).doesNotExist();
        } finally {
            child.destroyForcibly();
        }
    }

    private Path leftBehind(String name, Duration age) throws IOException {
        Path directory = Files.createDirectory(parent.resolve(name));
        age(directory, age);
        return directory;
    }

    private static void age(Path directory, Duration age) throws IOException {
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(age)));
    }

    static final class HoldsADirectory {

        public static void main(String[] args) throws IOException {
            DataDirectory directory = DataDirectory.createIn(List.of(Path.of(System.getProperty("parent"))));
            System.out.println(directory.logs().getParent());
            System.in.read();
        }
    }
}
