package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.BROKER_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker is really stopped and started again while a service sends and commits. */
class WireOutageTests {

    private static final AtomicInteger RESTARTS = new AtomicInteger();

    /** What happens while the broker is away. */
    private static final AtomicReference<Runnable> AWAY = new AtomicReference<>(() -> {});

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;
    private static int count;

    private final Set<String> paid = ConcurrentHashMap.newKeySet();
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();
    private String orders;
    private String payments;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start();
        proxy = FaultProxy.before(broker.bootstrapServers(), () -> {
            RESTARTS.incrementAndGet();
            broker.stop();
            AWAY.get().run();
            broker.restart();
        });
    }

    @AfterAll
    static void stopBroker() {
        proxy.close();
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        RESTARTS.set(0);
        AWAY.set(() -> {});
        orders = "orders-" + count;
        payments = "payments-" + count++;
        broker.createTopics(Map.of(orders, 1, payments, 1));
    }

    /** Its producer gives up before the broker is there again, and nobody looks. */
    @Test
    void aSendThatIsGivenUpIsFound() {
        Map<String, Object> hasty = Map.of("request.timeout.ms", 1_000, "linger.ms", 0, "delivery.timeout.ms", 2_000);
        AWAY.set(() -> await().until(() -> !givenUp.isEmpty()));

        assertThat(explore(hasty))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        found -> assertThat(found.token().toString())
                                .isEqualTo("1:broker_unavailable(shop-" + orders + "<" + orders + "[k1]/send "
                                        + payments + ",restart)"));
    }

    @Test
    void aSendThatOutlastsItPasses() {
        assertThat(explore(Map.of()))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().places().get(BROKER_UNAVAILABLE))
                                .isGreaterThanOrEqualTo(4));
        assertThat(RESTARTS).hasValueGreaterThanOrEqualTo(2);
    }

    private Outcome explore(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", proxy.bootstrapServers());
        KafkaCluster bare = new KafkaCluster(broker.bootstrapServers(), List.of(orders, payments));
        try (bare;
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
                Listener shop = Listener.ofTexts(
                        proxy.bootstrapServers(), "shop-" + orders, orders, order -> pay(producer, order));
                Listener ledger =
                        Listener.ofTexts(proxy.bootstrapServers(), "ledger-" + payments, payments, paid::add)) {
            producer.partitionsFor(payments);
            shop.start();
            ledger.start();
            return ScenarioRunner.of(BROKER_UNAVAILABLE)
                    .on(bare.behind(proxy))
                    .within(bare.bounds())
                    .explore(scenario -> {
                        paid.clear();
                        givenUp.clear();
                        scenario.channel(orders).send("o-1", "10");
                        scenario.settle();
                        assertThat(paid).containsExactly("10");
                    });
        }
    }

    private void pay(Producer<byte[], byte[]> producer, String order) throws InterruptedException {
        byte[] text = order.getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(payments, text, text)).get();
        } catch (ExecutionException timeout) {
            givenUp.add(order); // and so the payment is lost
        }
    }
}
