package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.archrules.rules.OutboxRules;
import io.github.atleastonce.archrules.rules.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rule finds does not hang on how much harmless code lies nearer to the start than the effect. */
class WalkTests {

    private static final int HARMLESS = 3_000;

    @Test
    void aDualWriteBehindThousandsOfHarmlessMethodsIsFound(@TempDir Path directory) {
        Report report = project(
                        "producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>(\"orders\", id));")
                .check(OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX, directory);
        assertThat(report.result("writes_and_sends_should_use_outbox")
                        .orElseThrow()
                        .fresh())
                .extracting(violation -> violation.headline())
                .containsExactly("order: OrderController.place");
    }

    @Test
    void withoutTheSendThereIsNothingToFind(@TempDir Path directory) {
        Report report = project("").check(OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX, directory);
        assertThat(report.isFailure()).as(report.message()).isFalse();
    }

    @Test
    void waysOfTwelveCallsAreFollowed(@TempDir Path directory) {
        assertThat(dualWritesBehind(12, directory)).containsExactly("order: OrderService.place");
    }

    @Test
    void longerOnesAreNot(@TempDir Path directory) {
        assertThat(dualWritesBehind(13, directory)).isEmpty();
    }

    private static List<String> dualWritesBehind(int calls, Path directory) {
        String way = IntStream.range(1, calls)
                .mapToObj(i -> "void m" + i + "() throws java.sql.SQLException { m" + (i + 1) + "(); }")
                .collect(Collectors.joining("\n"));
        Report report = new Fixture(Path.of("way"), """
                package shop.order;
                class OrderService {
                    java.sql.PreparedStatement insert;
                    org.apache.kafka.clients.producer.Producer<String, String> producer;
                    public void place(String id) throws java.sql.SQLException {
                        m1();
                        producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>("orders", id));
                    }
                    %s
                    void m%d() throws java.sql.SQLException { insert.executeUpdate(); }
                }
                """.formatted(way, calls), Idiom.KAFKA_CLIENTS)
                .check(OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX, directory);
        return report.result("writes_and_sends_should_use_outbox").orElseThrow().fresh().stream()
                .map(Violation::headline)
                .toList();
    }

    private static Fixture project(String send) {
        String methods = IntStream.range(0, HARMLESS)
                .mapToObj(i -> "static void m" + i + "() {}")
                .collect(Collectors.joining("\n"));
        String calls = IntStream.range(0, HARMLESS)
                .mapToObj(i -> "Harmless.m" + i + "();")
                .collect(Collectors.joining("\n"));
        return new Fixture(Path.of("walk"), """
                package shop.order;
                class Harmless {
                %s
                }
                package shop.order;
                @org.springframework.web.bind.annotation.RestController
                class OrderController {
                    OrderService service;
                    @org.springframework.web.bind.annotation.PostMapping("/orders")
                    void place(String id) throws java.sql.SQLException {
                        %s
                        service.store(id);
                        service.announce(id);
                    }
                }
                package shop.order;
                class OrderService {
                    OrderTable table;
                    OrderTopic topic;
                    void store(String id) throws java.sql.SQLException { table.insert(id); }
                    void announce(String id) { topic.send(id); }
                }
                package shop.order;
                class OrderTable {
                    java.sql.PreparedStatement insert;
                    void insert(String id) throws java.sql.SQLException { insert.executeUpdate(); }
                }
                package shop.order;
                class OrderTopic {
                    org.apache.kafka.clients.producer.Producer<String, String> producer;
                    void send(String id) { %s }
                }
                """.formatted(methods, calls, send), Idiom.KAFKA_CLIENTS);
    }
}
