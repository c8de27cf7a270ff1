package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReusedKafkaTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(10);

    @TempDir
    Path directory;

    @AfterEach
    void endAll() {
        brokers().forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> brokers().isEmpty());
    }

    @Test
    void isThereForTheNextBuildWithNothingOfTheLast() throws Exception {
        String servers;
        try (Broker broker = connect(LONG)) {
            servers = broker.bootstrapServers();
            broker.createTopics(Map.of("orders", 1, "payments", 2));
            Traffic.on(broker).send("orders", "a");
            assertThat(Traffic.on(broker).receive("orders", "customers", 1)).containsExactly("a");
            broker.restarting().orElseThrow().run();
            assertThat(Traffic.on(broker).receive("orders", "others", 1)).containsExactly("a");
        }
        assertThat(brokers()).hasSize(1);

        try (Broker broker = connect(LONG)) {
            assertThat(broker.bootstrapServers()).isEqualTo(servers);
            assertThat(broker.isOurs()).isTrue();
            try (Admin admin = Admin.create(at(broker))) {
                assertThat(admin.listTopics().names().get()).isEmpty();
            }
            broker.createTopics(Map.of("orders", 1));
            Traffic.on(broker).send("orders", "b");
            assertThat(Traffic.on(broker).receive("orders", "customers", 1)).containsExactly("b");
        }
        assertThat(brokers()).hasSize(1);
    }

    @Test
    @Tag("long")
    void endsWhenNobodyHasUsedItForLong() {
        try (Broker broker = connect(SHORT)) {
            assertThat(brokers()).hasSize(1);
            broker.createTopics(Map.of("orders", 1));
        }
        await().atMost(PATIENCE).until(() -> brokers().isEmpty());
    }

    @Test
    @Tag("long")
    void whoRunsAtTheSameTimeHasOneOfItsOwn() {
        try (Broker one = connect(LONG);
                Broker other = connect(LONG)) {
            assertThat(one.bootstrapServers()).isNotEqualTo(other.bootstrapServers());
        }
    }

    /** Whoever joins its group would wait for it until its session ends. */
    @Test
    @Tag("long")
    @SuppressWarnings("deprecation") // what clients 3.9 to 4.4 share
    void aMemberThatIsLeftIsNotWaitedFor() {
        String servers;
        KafkaConsumer<String, String> left;
        try (Broker broker = connect(LONG)) {
            servers = broker.bootstrapServers();
            broker.createTopics(Map.of("orders", 1));
            left = member(broker);
        }
        try (Broker broker = connect(LONG)) {
            assertThat(broker.bootstrapServers()).isNotEqualTo(servers);
            assertThat(brokers()).hasSize(1);
        } finally {
            left.close(Duration.ZERO);
        }
    }

    @Test
    @Tag("long")
    void oneThatWasKilledIsStartedAnew() {
        String servers;
        try (Broker broker = connect(LONG)) {
            servers = broker.bootstrapServers();
        }
        endAll();
        try (Broker broker = connect(LONG)) {
            assertThat(broker.bootstrapServers()).isNotEqualTo(servers);
            broker.createTopics(Map.of("orders", 1));
        }
    }

    /** Directories, which a build of the toolkit itself has on its class path, are in no archive. */
    @Test
    @Tag("long")
    void theNextOneStartsWithAnArchiveOfItsClasses(@TempDir Path jars) throws Exception {
        BrokerJvm jvm = new BrokerJvm(directory, onlyJars(jars), LONG);
        try (BrokerSlot slot = BrokerSlot.take(jvm.slot(1)).orElseThrow()) {
            assertThat(jvm.command(slot)).contains("-XX:+RecordDynamicDumpInfo");
            BrokerAddress first = started(jvm, slot);
            first.tell(BrokerAddress.REST, PATIENCE);
            Path archive = directory.resolve("classes.jsa");
            await().atMost(PATIENCE).until(() -> Files.exists(archive));
            first.tell(BrokerAddress.END, PATIENCE);

            assertThat(jvm.command(slot)).contains("-XX:SharedArchiveFile=" + archive);
            started(jvm, slot).tell(BrokerAddress.END, PATIENCE);
            assertThat(slot.log()).content().doesNotContain("[cds]");
            assertThat(directory.resolve("no-archive.txt")).doesNotExist();
        }
    }

    @Test
    void wantsADirectoryThatCanBeWritten() throws IOException {
        directory = Files.writeString(directory.resolve("file"), "");

        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> connect(LONG))
                .withMessageStartingWith("A reused broker wants a directory that can be written, but " + directory)
                .withMessageContaining("(atleastonce.kafka.directory)");
    }

    /** Its JVM has another directory to work in. */
    @Test
    void aRelativeDirectoryIsThatOfThisJvm() {
        assertThat(BrokerJvm.likeThis(Path.of("target", "brokers"), LONG).slot(1))
                .isAbsolute()
                .startsWithRaw(Path.of("target", "brokers").toAbsolutePath());
    }

    @Test
    void saysThatAllAreInUse() {
        BrokerJvm jvm = BrokerJvm.likeThis(directory, LONG);
        List<BrokerSlot> taken = new ArrayList<>();
        for (int number = 1; number <= 16; number++) {
            taken.add(BrokerSlot.take(jvm.slot(number)).orElseThrow());
        }

        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> connect(LONG))
                .withMessage("All 16 reused brokers in " + jvm.home()
                        + " are in use: end some JVMs, or choose another broker by atleastonce.kafka.provider.");
        taken.forEach(BrokerSlot::close);
    }

    private static BrokerAddress started(BrokerJvm jvm, BrokerSlot slot) throws IOException {
        BrokerAddress.forget(slot.directory());
        jvm.start(slot);
        await().atMost(PATIENCE).until(() -> BrokerAddress.in(slot.directory()).isPresent());
        return BrokerAddress.in(slot.directory()).orElseThrow();
    }

    private List<Path> onlyJars(Path jars) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path entry : BrokerJvm.likeThis(directory, LONG).classPath()) {
            if (Files.isDirectory(entry)) {
                Path jar = jars.resolve(all.size() + ".jar");
                ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.err, "-cf", jar.toString(), "-C", entry.toString(), ".");
                all.add(jar);
            } else {
                all.add(entry);
            }
        }
        return all;
    }

    private static KafkaConsumer<String, String> member(Broker broker) {
        Map<String, Object> properties = at(broker);
        properties.put("group.id", "customers");
        KafkaConsumer<String, String> member =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        member.subscribe(List.of("orders"));
        await().atMost(PATIENCE).until(() -> {
            member.poll(Duration.ofMillis(50));
            return !member.assignment().isEmpty();
        });
        return member;
    }

    private static Map<String, Object> at(Broker broker) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        return properties;
    }

    private Broker connect(Duration idle) {
        return ReusedKafka.connect(settings(idle));
    }

    private BrokerSettings settings(Duration idle) {
        return new BrokerSettings(
                BrokerProvider.REUSED,
                Optional.empty(),
                Optional.empty(),
                0,
                PATIENCE,
                directory,
                idle,
                BrokerSettings.DEFAULT.bounds());
    }

    /** The JVMs of brokers that this one has started. */
    private static List<ProcessHandle> brokers() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .commandLine()
                        .filter(line -> line.contains(BrokerProcess.class.getName()))
                        .isPresent())
                .toList();
    }
}
