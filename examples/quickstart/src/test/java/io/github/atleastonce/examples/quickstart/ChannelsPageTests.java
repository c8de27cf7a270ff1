package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page on channels says how long each transport is, and none is longer than what is read in one go. */
class ChannelsPageTests {

    private static final Path ROOT = Path.of("..", "..");
    private static final int IN_ONE_GO = 300;

    /** The classes of an example: what makes a transport of a server, what follows listeners of Spring, and what starts the server or helps it. */
    private record Example(String folder, List<String> transport, List<String> listeners, List<String> others) {

        String row() {
            return "| `%s` | %d | %s | %s |".formatted(folder, lines(transport), cell(listeners), cell(others));
        }

        private String cell(List<String> files) {
            return files.isEmpty() ? "" : Long.toString(lines(files));
        }

        long lines(List<String> names) {
            try (Stream<Path> files =
                    Files.walk(ROOT.resolve("examples").resolve(folder).resolve("src"))) {
                List<Path> found = files.filter(file ->
                                names.contains(file.getFileName().toString().replace(".java", "")))
                        .toList();
                assertThat(found).hasSameSizeAs(names);
                long lines = 0;
                for (Path file : found) {
                    lines += Files.readAllLines(file).size();
                }
                return lines;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static final List<Example> ALL = List.of(
            new Example("table-queue", List.of("TableQueue", "TaskTable"), List.of(), List.of()),
            new Example(
                    "jms",
                    List.of("ArtemisQueues", "OnArtemis"),
                    List.of("JmsListeners", "SteppingJms", "InSession"),
                    List.of()),
            new Example(
                    "rabbitmq",
                    List.of("RabbitQueues", "OnRabbit"),
                    List.of("RabbitListeners", "Acknowledging", "Batches", "Coming"),
                    List.of("AmqpBroker")),
            new Example("redis-streams", List.of("RedisStreams", "OnRedis"), List.of(), List.of("RedisServer")),
            new Example("sqs", List.of("SqsQueues", "OnSqs"), List.of(), List.of("SqsServer", "InFlight")));

    @TestFactory
    Stream<DynamicTest> transportsAreReadInOneGo() {
        return ALL.stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.folder(),
                        () -> assertThat(example.lines(example.transport())).isBetween(1L, (long) IN_ONE_GO)));
    }

    @Test
    void thePageSaysHowLongTheyAre() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/channels.md")))
                .contains(ALL.stream().map(Example::row).toList());
    }
}
