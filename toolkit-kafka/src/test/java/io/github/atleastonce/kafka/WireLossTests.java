package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.DROP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service has sent is acknowledged, and lost. */
class WireLossTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;
    private static int count;

    private final Set<String> placed = ConcurrentHashMap.newKeySet();
    private final Set<String> paid = ConcurrentHashMap.newKeySet();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private String orders;
    private String payments;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start();
        proxy = FaultProxy.before(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        proxy.close();
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        orders = "orders-" + count;
        payments = "payments-" + count++;
        broker.createTopics(Map.of(orders, 1, payments, 1));
    }

    /** Waits for the payment for ever. */
    @Test
    void anOrderWhosePaymentIsLostIsFound() {
        assertThat(explore(Map.of(), false))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        found -> assertThat(found.token().toString())
                                .isEqualTo("1:drop(shop-" + orders + "<" + orders + "[k1]/send " + payments + ")"));
    }

    /** One producer in all of the runs, which numbers its records, and what it sends after the loss arrives. */
    @Test
    void anOrderThatIsCancelledInTimePasses() {
        assertThat(explore(Map.of(), true))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().places().get(DROP)).isGreaterThanOrEqualTo(4));
    }

    @Test
    void nothingIsLostOutOfATransaction() {
        assertThat(explore(Map.of("transactional.id", "tx-" + orders), true))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        refused -> assertThat(refused.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessage(
                                        "@FaultTest(faults = DROP) wants records that are sent one by one, but 'shop-"
                                                + orders + "' sends to '" + payments
                                                + "' in a transaction, of which Kafka loses all or nothing: leave DROP out."));
    }

    private Outcome explore(Map<String, Object> settings, boolean inTime) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", proxy.bootstrapServers());
        KafkaCluster bare = new KafkaCluster(broker.bootstrapServers(), List.of(orders, payments));
        try (bare;
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
                Listener shop = Listener.ofTexts(
                        proxy.bootstrapServers(),
                        "shop-" + orders,
                        orders,
                        order -> pay(producer, !settings.isEmpty(), order));
                Listener ledger =
                        Listener.ofTexts(proxy.bootstrapServers(), "ledger-" + payments, payments, paid::add)) {
            if (!settings.isEmpty()) {
                producer.initTransactions();
            }
            shop.start();
            ledger.start();
            return ScenarioRunner.of(DROP)
                    .on(bare.behind(proxy))
                    .within(bare.bounds())
                    .explore(scenario -> {
                        placed.clear();
                        paid.clear();
                        cancelled.clear();
                        if (inTime) {
                            scenario.service(
                                    "clock",
                                    life -> life.after(
                                            Duration.ofMinutes(15),
                                            () -> List.of("o-1", "o-2").forEach(order -> {
                                                if (!paid.contains(order)) {
                                                    cancelled.add(order);
                                                }
                                            })));
                        }
                        scenario.channel(orders).send("o-1", "o-1");
                        scenario.channel(orders).send("o-2", "o-2");
                        scenario.settle();
                        scenario.elapse(Duration.ofMinutes(20));
                        assertThat(placed)
                                .isNotEmpty()
                                .allMatch(order -> paid.contains(order) || cancelled.contains(order));
                    });
        }
    }

    private void pay(Producer<byte[], byte[]> producer, boolean transactional, String order) throws Exception {
        byte[] text = order.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> payment = new ProducerRecord<>(payments, text, text);
        placed.add(order);
        if (transactional) {
            producer.beginTransaction();
        }
        producer.send(payment).get();
        if (transactional) {
            producer.commitTransaction();
        }
    }
}
