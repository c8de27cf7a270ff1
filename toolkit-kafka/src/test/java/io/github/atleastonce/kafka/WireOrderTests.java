package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service sends comes late to some group, or after something that was sent later to another partition. */
class WireOrderTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;
    private static int count;

    private final List<Listener> listeners = new ArrayList<>();
    private final Set<String> shipped = ConcurrentHashMap.newKeySet();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private String orders;
    private String accounts;
    private String payments;
    private KafkaCluster kafka;
    private Producer<byte[], byte[]> producer;

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
    void connect() {
        orders = "orders-" + count;
        accounts = "accounts-" + count;
        payments = "payments-" + count++;
        broker.createTopics(Map.of(orders, 1, accounts, 1, payments, 1));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of(orders, accounts, payments)).behind(proxy);
        producer = producer(Map.of());
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", proxy.bootstrapServers());
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void disconnect() {
        listeners.forEach(Listener::close);
        producer.close();
        kafka.close();
    }

    /** Sends goods for an order that was cancelled meanwhile. */
    @Test
    void aPaymentThatComesAfterItsTimeIsFound() {
        listen("shop", orders, this::payInTime);
        listen("shipping", payments, shipped::add);

        assertThat(exploreOrders(DELAY)).isInstanceOfSatisfying(Outcome.Failed.class, this::isTheLatePayment);
    }

    private void isTheLatePayment(Outcome.Failed found) {
        assertThat(found.token().toString()).isEqualTo("1:delay(shipping-" + payments + "<" + payments + "[#1])");
    }

    @Test
    void aPaymentThatIsPaidBackIfItComesAfterItsTimePasses() {
        listen("shop", orders, this::payInTime);
        listen("shipping", payments, order -> {
            if (!cancelled.contains(order)) {
                shipped.add(order);
            }
        });

        assertThat(exploreOrders(DELAY))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().places().get(DELAY)).isGreaterThanOrEqualTo(2));
    }

    /** What is sent in a transaction is as late as anything else, and nothing happens to the transaction. */
    @Test
    void soIsOneThatIsSentInATransaction() {
        try (Producer<byte[], byte[]> transactional = producer(Map.of("transactional.id", "tx-" + orders))) {
            transactional.initTransactions();
            listen("shop", orders, order -> {
                if (!cancelled.contains(order)) {
                    transactional.beginTransaction();
                    transactional.send(record(payments, order)).get();
                    transactional.commitTransaction();
                }
            });
            listen("shipping", payments, shipped::add);

            assertThat(exploreOrders(DELAY)).isInstanceOfSatisfying(Outcome.Failed.class, this::isTheLatePayment);
        }
    }

    @Test
    void aFailureIsReproducedEachTime() {
        listen("shop", orders, this::payInTime);
        listen("shipping", payments, shipped::add);
        ScheduleToken token = ScheduleToken.parse("1:delay(shipping-" + payments + "<" + payments + "[#1])");

        for (int i = 0; i < 5; i++) {
            assertThat(runner(DELAY).replay(token, this::order)).isInstanceOf(Outcome.Failed.class);
        }
    }

    private Outcome exploreOrders(Fault... faults) {
        return runner(faults).explore(this::order);
    }

    private void order(Scenario scenario) {
        shipped.clear();
        cancelled.clear();
        scenario.service(
                "clock",
                life -> life.after(Duration.ofMinutes(15), () -> {
                    if (!shipped.contains("o-1")) {
                        cancelled.add("o-1");
                    }
                }));
        scenario.channel(orders).send("o-1", "o-1");
        scenario.settle();
        assertThat(shipped.size() + cancelled.size())
                .as("either shipped or cancelled")
                .isEqualTo(1);
    }

    /** Forgets a payment to an account that it does not know yet. */
    @Test
    void aPaymentThatComesBeforeItsAccountIsFound() {
        listen("shop", orders, this::openAndPay);
        listen("a", accounts, account -> read.add("account"));
        listen("b", payments, payment -> {
            if (read.contains("account")) {
                read.add("payment");
            }
        });

        assertThat(exploreAccounts())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        found -> assertThat(found.token().toString())
                                .isEqualTo("1:reorder(a-" + accounts + "<" + accounts + "[#1],b-" + payments + "<"
                                        + payments + "[#1])"));
    }

    @Test
    void aPaymentThatWaitsForItsAccountPasses() {
        listen("shop", orders, this::openAndPay);
        listen("a", accounts, account -> read.add("account"));
        listen("b", payments, payment -> read.add("payment"));

        assertThat(exploreAccounts())
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed ->
                                assertThat(passed.claim().places().get(REORDER)).isEqualTo(1));
    }

    private Outcome exploreAccounts() {
        return runner(REORDER).explore(scenario -> {
            read.clear();
            scenario.channel(orders).send("o-1", "o-1");
            scenario.settle();
            assertThat(read).contains("account", "payment");
        });
    }

    private void openAndPay(String order) throws Exception {
        producer.send(record(accounts, order)).get();
        pay(order);
    }

    /** Each record of a batch may be the first one that is late; what comes before it comes before it. */
    @Test
    void whatLiesBehindIsHeldBackToo() {
        listen("shop", orders, order -> {
            pay(order + "a");
            pay(order + "b");
            pay(order + "c");
        });
        listen("shipping", payments, read::add);
        Set<List<String>> seen = ConcurrentHashMap.newKeySet();

        Outcome outcome = runner(DELAY).explore(scenario -> {
            read.clear();
            scenario.service("clock", life -> life.after(Duration.ofMinutes(15), () -> read.add("+")));
            scenario.channel(orders).send("o-1", "o");
            scenario.settle();
            assertThat(read).isNotEmpty();
            seen.add(List.copyOf(read));
        });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().places().get(DELAY)).isEqualTo(4));
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        List.of("oa", "ob", "oc"),
                        List.of("+", "oa", "ob", "oc"),
                        List.of("oa", "+", "ob", "oc"),
                        List.of("oa", "ob", "+", "oc"));
    }

    /** Of several groups that read what the test sends each may be late by itself. */
    @Test
    void oneGroupMayBeLateAndAnotherNot() {
        listen("a", orders, order -> read.add("a"));
        listen("b", orders, order -> read.add("b"));
        producer.send(record(orders, "o-0"));
        await().until(() -> read.containsAll(List.of("a", "b")));
        Set<List<String>> seen = ConcurrentHashMap.newKeySet();

        Outcome outcome = runner(DELAY, REORDER).explore(scenario -> {
            read.clear();
            scenario.service("clock", life -> life.after(Duration.ofMinutes(15), () -> read.add("+")));
            scenario.channel(orders).send("o-1", "o-1");
            scenario.settle();
            assertThat(read).isNotEmpty();
            seen.add(List.copyOf(read));
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        List.of("a", "b"),
                        List.of("b", "a"),
                        List.of("+", "a", "b"),
                        List.of("b", "+", "a"),
                        List.of("a", "+", "b"));
    }

    /** Whoever waits for an answer that was held back is no reason to fail. */
    @Test
    void whatSomebodyWaitsForIsLetGo() {
        AtomicReference<CountDownLatch> answer = new AtomicReference<>(new CountDownLatch(1));
        listen("noting", orders, order -> pay("note"));
        listen("asking", accounts, account -> {
            pay("question");
            read.add(answer.get().await(20, TimeUnit.SECONDS) ? "answered" : "silence");
        });
        listen("answering", payments, payment -> {
            if (payment.equals("question")) {
                answer.get().countDown();
            }
        });

        Outcome outcome = ScenarioRunner.of(DELAY)
                .on(kafka)
                .within(kafka.bounds().withArrivalTimeout(Duration.ofMillis(300)))
                .explore(scenario -> {
                    read.clear();
                    answer.set(new CountDownLatch(1));
                    scenario.channel(orders).send("o-1", "o-1");
                    scenario.channel(accounts).send("a-1", "a-1");
                    scenario.settle();
                    assertThat(read).containsExactly("answered");
                });

        isLetGoEarly(outcome, "group 'answering-" + payments + "'", "group 'asking-" + accounts + "'");
    }

    private static void isLetGoEarly(Outcome outcome, String whose, String whoWaits) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().remarks())
                                .contains("what DELAY held back from " + whose + " was let go before its time, since "
                                        + whoWaits + " seemed to wait for it"));
    }

    @Test
    void whatTheScenarioWaitsForIsLetGo() {
        AtomicReference<CountDownLatch> arrived = new AtomicReference<>(new CountDownLatch(1));
        listen("shop", orders, this::pay);
        listen("shipping", payments, payment -> {
            shipped.add(payment);
            arrived.get().countDown();
        });

        Outcome outcome = ScenarioRunner.of(DELAY)
                .on(kafka)
                .within(kafka.bounds().withArrivalTimeout(Duration.ofMillis(300)))
                .explore(scenario -> {
                    shipped.clear();
                    arrived.set(new CountDownLatch(1));
                    scenario.service(
                            "clock",
                            life -> life.after(
                                    Duration.ofMinutes(15),
                                    () -> read.add("" + arrived.get().await(2, TimeUnit.SECONDS))));
                    scenario.channel(orders).send("o-1", "o-1");
                    scenario.settle();
                    assertThat(shipped).isNotEmpty();
                });

        isLetGoEarly(outcome, "group 'shipping-" + payments + "'", "the test, or a service of the scenario,");
    }

    /** The test's own thread reads what is there as it lies there. */
    @Test
    void whatAServiceOfTheScenarioReadsIsSaidToBeInTime() {
        listen("shop", orders, this::pay);

        Outcome outcome = runner(DELAY).explore(scenario -> {
            shipped.clear();
            scenario.service("shipping", life -> {
                life.subscribe(payments, String.class, shipped::add);
                return life;
            });
            scenario.channel(orders).send("o-1", "1");
            scenario.settle();
            assertThat(shipped).containsExactly("1");
        });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().remarks())
                                .contains(
                                        "what others send to '" + payments
                                                + "' comes to 'shipping', which the scenario runs, as it was written: no DELAY, no REORDER"));
    }

    /** Its records cannot be held back, so nothing is claimed of them. */
    @Test
    void aGroupThatCannotBeToldFromAnotherIsNamed() {
        listen("shop", orders, this::payInTime);
        listen(Listener.ofTexts(broker.bootstrapServers(), "shipping-" + payments, payments, shipped::add));

        assertThat(exploreOrders(DELAY))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().remarks())
                                .anySatisfy(remark -> assertThat(remark)
                                        .startsWith("nothing is held back from group 'shipping-" + payments + "'")));
    }

    private void listen(String name, String topic, Listener.TextHandler handler) {
        listen(Listener.ofTexts(proxy.bootstrapServers(), name + "-" + topic, topic, handler));
    }

    private void listen(Listener listener) {
        listeners.add(listener);
        listener.start();
    }

    private void payInTime(String order) throws Exception {
        if (!cancelled.contains(order)) {
            pay(order);
        }
    }

    private void pay(String value) throws Exception {
        producer.send(record(payments, value)).get();
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, text, text);
    }

    private ScenarioRunner runner(Fault... faults) {
        return ScenarioRunner.of(faults[0], faults).on(kafka).within(kafka.bounds());
    }
}
