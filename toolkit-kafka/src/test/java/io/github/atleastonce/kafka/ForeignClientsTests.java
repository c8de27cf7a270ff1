package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are not of the JVM, behind the proxy. {@code .ci/proxy-clients} fetches them. */
@EnabledIfSystemProperty(named = "proxy.clients", matches = ".+")
class ForeignClientsTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start();
        proxy = FaultProxy.before(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        proxy.close();
        broker.close();
    }

    /** The client of librdkafka. */
    @Test
    void kcatWritesAndReads() throws Exception {
        broker.createTopics(Map.of("kcat", 1));
        Path sent = Files.writeString(directory.resolve("sent"), "a\nb\n");
        run(sent, "kcat", "-q", "-b", proxy.bootstrapServers(), "-t", "kcat", "-P");

        assertThat(run(sent, "kcat", "-q", "-b", proxy.bootstrapServers(), "-t", "kcat", "-C", "-e", "-o", "beginning"))
                .containsExactly("a", "b");
        assertThat(run(sent, "kcat", "-L", "-J", "-b", proxy.bootstrapServers()).toString())
                .contains("\"name\":\"" + proxy.bootstrapServers() + "\"");
    }

    @Test
    void kafkaJsReadsAndCommits() throws Exception {
        broker.createTopics(Map.of("kafkajs", 1));
        Path file = Files.createFile(directory.resolve("seen"));
        Path script = Path.of(ForeignClientsTests.class.getResource("reader.js").toURI());
        Process service = command("node", script.toString(), proxy.bootstrapServers(), "js", "kafkajs", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (KafkaCluster bare = new KafkaCluster(broker.bootstrapServers(), List.of("kafkajs"))) {
            KafkaCluster kafka = bare.behind(proxy);
            Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE)
                    .on(kafka)
                    .within(kafka.bounds())
                    .explore(scenario -> {
                        Files.writeString(file, "");
                        scenario.channel("kafkajs").send("o-1", "10");
                        scenario.channel("kafkajs").send("o-2", "20");
                        scenario.settle();
                        assertThat(Files.readAllLines(file)).contains("10", "20");
                    });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    private static List<String> run(Path input, String... command) throws IOException, InterruptedException {
        Process process = command(command)
                .redirectInput(input.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>(process.inputReader().lines().toList());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return lines;
    }

    private static ProcessBuilder command(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("NODE_PATH", System.getProperty("proxy.clients") + "/node_modules");
        return builder;
    }
}
