package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Members that come and go while a schedule runs: nobody's fault, so it fails no service that is right. */
@Tag("long")
class RebalanceTests {

    private static Broker broker;
    private static int topics;

    private String topic;
    private KafkaCluster kafka;

    @BeforeAll
    static void startBroker() {
        broker = Broker.start(name -> Optional.empty());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void connect() {
        topic = "orders-" + topics++;
        broker.createTopics(Map.of(topic, 2));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of(topic));
    }

    @AfterEach
    void disconnect() {
        kafka.close();
        broker.deleteTopics(List.of(topic));
    }

    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void aMemberThatJoinsOrLeavesFailsNobody(Protocol protocol) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Listener[] second = new Listener[1];
        try (Listener first = member(protocol, seen)) {
            first.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                send(scenario, 0, 1);
                toggle(second, protocol, seen);
                send(scenario, 1, 3);
                scenario.settle();
                assertThat(seen).hasSize(3);
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        } finally {
            if (second[0] != null) {
                second[0].close();
            }
        }
    }

    /** At any moment, also while records are handled, committed or read back. */
    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void membersThatComeAndGoOfTheirOwnAccordFailNobody(Protocol protocol) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Random random = new Random(42);
        Listener[] second = new Listener[1];
        List<CompletableFuture<Void>> toggles = new ArrayList<>();
        try (Listener first = member(protocol, seen)) {
            first.start();
            Outcome outcome = explore(scenario -> {
                seen.clear();
                if (toggles.stream().allMatch(CompletableFuture::isDone)) {
                    Executor soon = CompletableFuture.delayedExecutor(random.nextInt(100), TimeUnit.MILLISECONDS);
                    toggles.add(CompletableFuture.runAsync(() -> toggle(second, protocol, seen), soon));
                }
                send(scenario, 0, 4);
                scenario.settle();
                send(scenario, 4, 8);
                scenario.settle();
                assertThat(seen).hasSize(8);
            });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        } finally {
            toggles.forEach(CompletableFuture::join);
            if (second[0] != null) {
                second[0].close();
            }
        }
    }

    private void toggle(Listener[] second, Protocol protocol, Set<String> seen) {
        if (second[0] == null) {
            second[0] = member(protocol, seen);
            second[0].start();
        } else {
            second[0].close();
            second[0] = null;
        }
    }

    /** It keeps its partitions until Kafka notices, which takes longer here than a run may take to settle. */
    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void aMemberThatStopsWithoutLeavingFailsNobody(Protocol protocol) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger runs = new AtomicInteger();
        try (Listener first = member(protocol, seen);
                KafkaConsumer<byte[], byte[]> stopped = stoppedLater(protocol)) {
            first.start();
            Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE)
                    .on(kafka)
                    .within(kafka.bounds().withSettleTimeout(Duration.ofSeconds(2)))
                    .explore(scenario -> {
                        seen.clear();
                        if (runs.incrementAndGet() == 4) {
                            joinAndStop(stopped);
                        }
                        send(scenario, 0, 4);
                        scenario.settle();
                        assertThat(seen).hasSize(4);
                    });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
            assertThat(runs).hasValueGreaterThan(4);
        }
    }

    /** The broken twin: a member that acknowledges before its work, and leaves. */
    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void aRecordThatIsLostWhenAMemberLeavesIsMissed(Protocol protocol) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Outcome outcome = explore(scenario -> {
            seen.clear();
            try (Listener hasty = listener(protocol, next -> {})) {
                hasty.start();
                send(scenario, 0, 1);
                scenario.settle();
            }
            try (Listener successor = member(protocol, seen)) {
                successor.start();
                send(scenario, 1, 2);
                scenario.settle();
                assertThat(seen).contains("0", "1");
            }
        });

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token().deviations()).isEmpty();
            assertThat(failed.cause()).hasMessageContaining("[\"0\"]");
        });
    }

    private KafkaConsumer<byte[], byte[]> stoppedLater(Protocol protocol) {
        Map<String, Object> settings = new HashMap<>(protocol.settings());
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("group.id", topic);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.interval.ms", "5000");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void joinAndStop(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.subscribe(List.of(topic));
        await().until(() -> {
            consumer.poll(Duration.ofMillis(10));
            return !consumer.assignment().isEmpty();
        });
    }

    private Listener member(Protocol protocol, Set<String> seen) {
        return listener(protocol, next -> seen.add(Listener.text(next.value())));
    }

    private Listener listener(Protocol protocol, Listener.Handler handler) {
        return new Listener(broker.bootstrapServers(), topic, topic, protocol.settings(), handler);
    }

    private void send(Scenario scenario, int from, int to) {
        for (int i = from; i < to; i++) {
            scenario.channel(topic).send("o-" + i, Integer.toString(i));
        }
    }

    private Outcome explore(ScenarioRunner.Body body) {
        return ScenarioRunner.of(Fault.DUPLICATE)
                .on(kafka)
                .within(kafka.bounds())
                .explore(body);
    }
}
