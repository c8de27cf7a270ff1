package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Messages;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A shop behind the proxy sends to a service of the scenario: which of them is at work first is no matter of chance. */
class WireBesideScenarioTests {

    private static final List<String> TOPICS = List.of("orders", "payments");

    private final List<Boolean> shippedMeanwhile = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whoIsAtWorkBehindTheProxyGoesFirst() {
        assertThat(pay(Duration.ofMillis(100), Duration.ofSeconds(20))).isInstanceOf(Outcome.Passed.class);
        assertThat(shippedMeanwhile).isNotEmpty().containsOnly(false);
    }

    @Test
    void unlessItWaitsForAServiceOfTheScenario() {
        assertThat(pay(Duration.ofSeconds(20), Duration.ofMillis(100))).isInstanceOf(Outcome.Passed.class);
        assertThat(shippedMeanwhile).isNotEmpty().containsOnly(true);
    }

    /** The one that decides about what comes by the proxy is the one that waits for it. */
    @Test
    void aHandlerOfTheScenarioMayWaitForWhatItSendsItself() {
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                KafkaProducer<String, String> producer = producer(proxy)) {
            broker.createTopics(Map.of("orders", 1, "payments", 1));
            try (KafkaCluster kafka = new KafkaCluster(broker.bootstrapServers(), TOPICS).behind(proxy)) {
                assertThat(ScenarioRunner.of(Fault.DUPLICATE).on(kafka).explore(scenario -> {
                            scenario.consumer(
                                    "shop",
                                    "orders",
                                    String.class,
                                    order -> producer.send(new ProducerRecord<>("payments", "o-1", order))
                                            .get());
                            scenario.channel("orders").send("o-1", "10");
                            scenario.settle();
                            assertThat(Messages.of(scenario, "payments")).isNotEmpty();
                        }))
                        .isInstanceOf(Outcome.Passed.class);
            }
        }
    }

    private static KafkaProducer<String, String> producer(FaultProxy proxy) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", proxy.bootstrapServers(), "linger.ms", "0"),
                new StringSerializer(),
                new StringSerializer());
    }

    private Outcome pay(Duration waits, Duration arrivalTimeout) {
        Semaphore shipped = new Semaphore(0);
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                KafkaProducer<String, String> producer = producer(proxy);
                Listener shop = new Listener(proxy.bootstrapServers(), "shop", "orders", order -> {
                    shipped.drainPermits();
                    producer.send(new ProducerRecord<>("payments", "o-1", "10")).get();
                    shippedMeanwhile.add(shipped.tryAcquire(waits.toMillis(), TimeUnit.MILLISECONDS));
                })) {
            broker.createTopics(Map.of("orders", 1, "payments", 1));
            shop.start();
            try (KafkaCluster kafka = new KafkaCluster(broker.bootstrapServers(), TOPICS).behind(proxy)) {
                return ScenarioRunner.of(Fault.DUPLICATE)
                        .on(kafka)
                        .within(kafka.bounds().withArrivalTimeout(arrivalTimeout))
                        .explore(scenario -> {
                            List<String> seen = new ArrayList<>();
                            scenario.consumer("shipping", "payments", String.class, payment -> {
                                seen.add(payment);
                                shipped.release();
                            });
                            scenario.channel("orders").send("o-1", "10");
                            scenario.settle();
                            assertThat(seen).contains("10");
                        });
            }
        }
    }
}
