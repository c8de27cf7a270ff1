package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Explores a test with more and more messages and faults, and writes how many schedules that were: a page, and an image beside it. */
public final class GrowthTable {

    private static final List<Integer> MESSAGES = List.of(3, 10, 30);
    private static final double NANOS = 1e9;
    private static final int WARM_UP = 200;

    private GrowthTable() {}

    /** Explores a body with so many messages. */
    private interface Subject {

        Outcome explore(int messages, ScenarioRunner runner);
    }

    /**
     * Writes the page.
     *
     * @param arguments the file to write
     * @throws IOException if it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Machine machine = new Machine();
        Path page = Path.of(arguments[0]);
        List<Growth> growth = List.of(inMemory(), onKafka());
        StringBuilder rows = new StringBuilder();
        for (Growth transport : growth) {
            transport.cells().forEach(cell -> rows.append(cell.row(transport.title())));
        }
        Files.writeString(page.resolveSibling("growth.svg"), GrowthChart.of(growth, Bounds.DEFAULT.maxRuns()));
        Files.writeString(
                page,
                BenchmarkTable.template("growth.md")
                        .replace("{machine}", machine.describe())
                        .replace("{rows}\n", rows));
    }

    private static Growth inMemory() {
        ScenarioRunner runner = ScenarioRunner.of(Fault.DUPLICATE, Fault.REDELIVERY, Fault.CRASH);
        Subject subject = (messages, bounded) -> bounded.explore(scenario -> inMemory(scenario, messages));
        for (int i = 0; i < WARM_UP; i++) {
            subject.explore(3, runner);
        }
        return explore("in memory", subject, runner, Bounds.DEFAULT, List.of(1, 2, 3), Duration.ofMinutes(1));
    }

    private static Growth onKafka() {
        Set<String> handled = ConcurrentHashMap.newKeySet();
        try (EmbeddedKafka broker = EmbeddedKafka.start()) {
            broker.createTopics(Map.of(OrdersConsumer.TOPIC, 1));
            String servers = broker.bootstrapServers();
            try (OrdersConsumer listener =
                            new OrdersConsumer(servers, "growth", "consumer", order -> handled.add(order.key()));
                    KafkaCluster kafka = new KafkaCluster(servers, List.of(OrdersConsumer.TOPIC))) {
                listener.start();
                Subject subject = (messages, runner) -> runner.explore(scenario -> {
                    handled.clear();
                    send(scenario.channel(OrdersConsumer.TOPIC), messages);
                    scenario.settle();
                    expect(messages, handled);
                });
                return explore(
                        "on Kafka",
                        subject,
                        ScenarioRunner.of(Fault.DUPLICATE, Fault.DELAY).on(kafka),
                        kafka.bounds(),
                        List.of(1, 2),
                        Duration.ofMinutes(1));
            }
        }
    }

    private static Growth explore(
            String title,
            Subject subject,
            ScenarioRunner runner,
            Bounds bounds,
            List<Integer> levels,
            Duration budget) {
        List<Growth.Cell> cells = new ArrayList<>();
        for (int messages : MESSAGES) {
            for (int faults : levels) {
                Bounds wanted = bounds.withMaxFaults(faults).withMaxRuns(Integer.MAX_VALUE);
                long began = System.nanoTime();
                Outcome outcome =
                        subject.explore(messages, runner.within(wanted).withBudget(budget));
                double seconds = (System.nanoTime() - began) / NANOS;
                if (!(outcome instanceof Outcome.Passed passed)) {
                    throw new IllegalStateException("The body should hold, but: " + outcome);
                }
                Growth.Cell cell = cell(messages, faults, passed.claim(), seconds);
                System.out.print(cell.row(title));
                cells.add(cell);
            }
        }
        return new Growth(title, cells);
    }

    private static Growth.Cell cell(int messages, int faults, Claim claim, double seconds) {
        Claim.Beyond beyond = claim.beyond();
        return beyond == null
                ? new Growth.Cell(messages, faults, claim.runs(), seconds, claim.exhausted(), "")
                : new Growth.Cell(
                        messages,
                        faults,
                        claim.runs() + beyond.runs(),
                        seconds,
                        claim.exhausted(),
                        beyond.bound().toString());
    }

    private static void inMemory(Scenario scenario, int messages) {
        Set<String> table = new HashSet<>();
        scenario.service("customers", life -> {
            life.subscribe(
                    OrdersConsumer.TOPIC,
                    String.class,
                    order -> life.step("commit", () -> {
                        table.add(order);
                    }));
            return table;
        });
        send(scenario.channel(OrdersConsumer.TOPIC), messages);
        scenario.settle();
        expect(messages, table);
    }

    private static void send(MessageChannel orders, int messages) {
        for (int i = 1; i <= messages; i++) {
            orders.send("o-" + i, "o-" + i);
        }
    }

    private static void expect(int messages, Set<String> handled) {
        if (handled.size() != messages) {
            throw new AssertionError("There are " + handled.size() + " orders.");
        }
    }
}
