package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How a broker gets on with the JVM around it. */
class JvmTests {

    private static final String TALKATIVE = "-Dlogback.configurationFile=talkative-logback.xml";

    @Test
    void aForgottenBrokerEndsWithItsJvmAndLeavesNothing() throws Exception {
        Process child = ChildJvm.start(ForgetsToClose.class, jar -> true);

        Path directory = Path.of(ChildJvm.outputOf(child));

        assertThat(directory.getFileName().toString()).startsWith("atleastonce-kafka-" + child.pid());
        assertThat(child.waitFor()).isZero();
        assertThat(directory).doesNotExist();
    }

    @Test
    void withoutItsJarTheEmbeddedBrokerSaysWhatItWants() throws Exception {
        Process child = ChildJvm.start(StartsABroker.class, jar -> !jar.startsWith("kafka_2.13"));

        assertThat(ChildJvm.outputOf(child))
                .isEqualTo("The embedded broker wants org.apache.kafka:kafka_2.13 on the class path, in the version of"
                        + " kafka-clients: add it, or choose another broker by atleastonce.kafka.provider.");
    }

    @Test
    void withAJarMissingElsewhereTheEmbeddedBrokerNamesTheClass() throws Exception {
        Process child = ChildJvm.start(StartsABroker.class, jar -> !jar.startsWith("kafka-raft"));

        assertThat(ChildJvm.outputOf(child))
                .startsWith("The embedded broker did not start: java.lang.NoClassDefFoundError: org/apache/kafka/")
                .contains(", but all jars of Kafka are wanted in one version: import the BOM ")
                .endsWith(" before all others, or set kafka.version where Spring Boot manages it.");
    }

    @Test
    void withoutItsJarTestcontainersSaysWhatItWants() throws Exception {
        Process child = ChildJvm.start(
                StartsABroker.class,
                jar -> !jar.startsWith("testcontainers"),
                "-Datleastonce.kafka.provider=testcontainers");

        assertThat(ChildJvm.outputOf(child))
                .isEqualTo(
                        "atleastonce.kafka.provider=testcontainers wants org.testcontainers:testcontainers-kafka on the"
                                + " class path: add it, or choose another broker.");
    }

    @Test
    void theEmbeddedBrokerDoesNotNeedTestcontainers() throws Exception {
        Process child = ChildJvm.start(StartsABroker.class, jar -> !jar.startsWith("testcontainers"));

        assertThat(ChildJvm.outputOf(child)).isEqualTo("started");
    }

    @Test
    void theEmbeddedBrokerKeepsItsLogsToItself() throws Exception {
        Process child = ChildJvm.start(StartsABroker.class, jar -> true, TALKATIVE);

        // What logs as a client, though the broker is one too, is left to the test.
        assertThat(ChildJvm.outputOf(child).lines())
                .contains("started")
                .noneMatch(line -> line.matches("[A-Z]+ +(kafka|state|org\\.apache\\.kafka\\.(?!clients|common)).*"))
                .noneMatch(line -> line.startsWith("WARN") && line.contains("AdminClient"))
                .noneMatch(line -> line.contains("Rebootstrapping"))
                .hasSizeLessThan(200);
    }

    @Test
    void theEmbeddedBrokerLogsWhereALevelAsksItTo() throws Exception {
        Process child = ChildJvm.start(AsksForLogs.class, jar -> true, TALKATIVE);

        assertThat(ChildJvm.outputOf(child))
                .contains("INFO  org.apache.kafka.raft.")
                .contains("started");
    }

    static final class AsksForLogs {

        public static void main(String[] args) {
            ((Logger) LoggerFactory.getLogger("org.apache.kafka")).setLevel(Level.INFO);
            StartsABroker.main(args);
        }
    }

    static final class ForgetsToClose {

        public static void main(String[] args) throws IOException {
            EmbeddedKafka kafka = EmbeddedKafka.start();
            kafka.createTopics(Map.of("orders", 1));
            try (Stream<Path> roots = Stream.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
                roots.filter(Files::isDirectory)
                        .map(Path::toFile)
                        .flatMap(root -> Stream.of(root.listFiles()))
                        .filter(file -> file.getName()
                                .startsWith("atleastonce-kafka-"
                                        + ProcessHandle.current().pid()))
                        .forEach(System.out::println);
            }
            System.exit(0);
        }
    }

    static final class StartsABroker {

        public static void main(String[] args) {
            try (Broker broker = Broker.start(name -> Optional.ofNullable(System.getProperty(name)))) {
                broker.createTopics(Map.of("orders", 1));
                System.out.println("started");
            } catch (BrokerUnavailableException failure) {
                System.out.println(failure.getMessage());
            }
        }
    }
}
