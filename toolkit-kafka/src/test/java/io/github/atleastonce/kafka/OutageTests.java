package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.run.DisturbedException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A broker that goes away while a schedule runs: no service is blamed for that. */
class OutageTests {

    private static EmbeddedKafka broker;

    private String topic;
    private KafkaTransports kafka;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void connect(TestInfo test) {
        if (!broker.isRunning()) {
            broker.restart();
        }
        topic = test.getTestMethod().orElseThrow().getName();
        broker.createTopics(Map.of(topic, 2));
        kafka = new KafkaTransports(broker.bootstrapServers(), List.of(topic), Answers.patient(), brief());
    }

    @AfterEach
    void disconnect() {
        kafka.close();
    }

    @Test
    void aBrokerThatComesBackFailsNobody() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger runs = new AtomicInteger();
        try (Listener listener = listener(seen)) {
            listener.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                CompletableFuture<Void> back = CompletableFuture.completedFuture(null);
                if (runs.incrementAndGet() == 4) {
                    broker.stop();
                    back = CompletableFuture.runAsync(broker::restart);
                }
                sendThree(scenario);
                back.join();
                assertThat(seen).hasSize(3);
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
            assertThat(runs).hasValueGreaterThan(4);
        }
    }

    @Test
    void aBrokerThatStaysAwayFailsNobody() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger runs = new AtomicInteger();
        try (Listener listener = listener(seen);
                KafkaTransports hasty =
                        new KafkaTransports(broker.bootstrapServers(), List.of(topic), brief(), brief())) {
            listener.start();
            Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE)
                    .on(hasty)
                    .within(hasty.bounds())
                    .explore(scenario -> {
                        seen.clear();
                        if (runs.incrementAndGet() == 4) {
                            broker.stop();
                        }
                        sendThree(scenario);
                        assertThat(seen).hasSize(3);
                    });

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Inconclusive.class, inconclusive -> {
                assertThat(inconclusive.reason())
                        .startsWith("The run \"String(")
                        .endsWith("\" was disturbed: The Kafka broker gave no answer within 1 s: is it up?");
                assertThat(inconclusive.remedy()).contains("run the test again");
            });
            assertThat(runs).hasValue(4);
            broker.restart();
        }
    }

    @Test
    void aBrokerThatIsAwayFromTheBeginningIsNamed() {
        try (KafkaTransports hasty = new KafkaTransports(broker.bootstrapServers(), List.of(topic), brief(), brief())) {
            broker.stop();
            Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE).on(hasty).explore(this::sendThree);

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.token().deviations()).isEmpty();
                assertThat(failed.cause()).hasMessage("The Kafka broker gave no answer within 1 s: is it up?");
            });
        }
    }

    @Test
    void theEndOfAClassDoesNotWaitForADeadBroker() {
        broker.stop();

        assertThatThrownBy(kafka::deleteRecords)
                .isInstanceOf(DisturbedException.class)
                .hasMessage("The Kafka broker gave no answer within 1 s: is it up?");
    }

    private static Answers brief() {
        return new Answers(Duration.ofSeconds(1));
    }

    private Listener listener(Set<String> seen) {
        return new Listener(
                broker.bootstrapServers(),
                topic,
                topic,
                Map.of("reconnect.backoff.max.ms", "100"),
                next -> seen.add(Listener.text(next.value())));
    }

    private void sendThree(Scenario scenario) {
        for (int i = 0; i < 3; i++) {
            scenario.channel(topic).send("o-" + i, Integer.toString(i));
        }
        scenario.settle();
    }

    private Outcome explore(ScenarioRunner.Body body) {
        return ScenarioRunner.of(Fault.DUPLICATE)
                .on(kafka)
                .within(kafka.bounds())
                .explore(body);
    }
}
