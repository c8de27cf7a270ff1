package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KafkaJarsTests {

    private static final LinkageError BROKEN = new NoClassDefFoundError("org/apache/kafka/X");

    @Test
    void namesTheBomOfTheClients() {
        assertThat(KafkaJars.wanted(BROKEN, "4.2.2", "4.4.0"))
                .isEqualTo(
                        "java.lang.NoClassDefFoundError: org/apache/kafka/X, but all jars of Kafka are wanted in one version, and "
                                + "kafka-clients is 4.2.2 while kafka_2.13 is 4.4.0: import the BOM io.github.atleastonce:toolkit-bom-kafka-4.2 "
                                + "before all others, or set kafka.version where Spring Boot manages it");
    }

    @Test
    void namesNoneThatThereIsNot() {
        assertThat(KafkaJars.wanted(BROKEN, "5.0.0", "4.4.0"))
                .endsWith("and kafka-clients is 5.0.0 while kafka_2.13 is 4.4.0");
    }

    @Test
    void readsTheVersionsOfTheClassPath() {
        assertThat(KafkaJars.wanted(BROKEN)).doesNotContain("while").contains("toolkit-bom-kafka-");
        assertThat(KafkaJars.clients())
                .hasValueSatisfying(version -> assertThat(bom(version)).exists());
    }

    /** Each version that is built with has its BOM. */
    private static Path bom(String version) {
        Path module = Path.of("").toAbsolutePath();
        Path boms = Files.isDirectory(module.resolve("toolkit-bom")) ? module : module.getParent();
        return boms.resolve("toolkit-bom/kafka-" + version.substring(0, version.lastIndexOf('.')) + "/pom.xml");
    }
}
