package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.BROKER_UNAVAILABLE;
import static io.github.atleastonce.schedule.Fault.COMMIT_FAILED;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults between a broker and services that nobody edits: plain consumers and producers on threads of their own. */
class WireFaultTests {

    /** {@code .ci/proxy} asks for more. */
    private static final int REPLAYS = Integer.getInteger("proxy.replays", 5);

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;
    private static int count;

    private String orders;
    private String payments;
    private KafkaCluster kafka;
    private Producer<byte[], byte[]> producer;

    /** What the services have done in the present run. */
    private final Map<String, Integer> credit = new ConcurrentHashMap<>();

    private final Map<Integer, Integer> paid = new ConcurrentHashMap<>();

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
        payments = "payments-" + count++;
        broker.createTopics(Map.of(orders, 1, payments, 1));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of(orders, payments)).behind(proxy);
        producer = producer(Map.of());
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", proxy.bootstrapServers());
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void disconnect() {
        producer.close();
        kafka.close();
    }

    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void aSecondDeliveryIsFound(Protocol protocol) {
        try (Listener adding = reader(protocol, value -> credit.merge("c", value, Integer::sum))) {
            adding.start();

            assertThat(explore(() -> assertThat(credit).containsEntry("c", 30), REDELIVERY))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            found -> assertThat(found.token().toString())
                                    .isEqualTo("1:redelivery(r-" + orders + "<" + orders + "[k1]/commit offsets)"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void aSecondDeliveryThatChangesNothingPasses(Protocol protocol) {
        try (Listener idempotent = reader(protocol, value -> credit.put("v" + value, value))) {
            idempotent.start();

            assertThat(explore(() -> assertThat(credit).containsKeys("v10", "v20"), REDELIVERY))
                    .isInstanceOf(Outcome.Passed.class);
        }
    }

    /** It handles the first record of a batch, which goes to somebody else meanwhile. */
    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void aRebalanceInTheMiddleOfABatchIsFound(Protocol protocol) {
        try (Listener adding = reader(protocol, value -> credit.merge("c", value, Integer::sum))) {
            adding.start();

            assertThat(explore(() -> assertThat(credit).containsEntry("c", 30), REBALANCE))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            found -> assertThat(found.token().toString())
                                    .isEqualTo("1:rebalance(r-" + orders + "<" + orders + "[k1]/fetch)"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void aRebalanceInTheMiddleOfABatchThatChangesNothingPasses(Protocol protocol) {
        try (Listener idempotent = reader(protocol, value -> credit.put("v" + value, value))) {
            idempotent.start();

            assertThat(explore(() -> assertThat(credit).containsKeys("v10", "v20"), REBALANCE))
                    .isInstanceOf(Outcome.Passed.class);
        }
    }

    /** Takes it for granted that what it has sent is there. */
    @Test
    void aSendWhoseFailureNobodySeesIsFound() {
        try (Listener careless = reader(value -> {
            producer.send(payment(value));
            producer.flush();
        })) {
            careless.start();

            assertThat(explorePayments(SEND_FAILED))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            found -> assertThat(found.token().toString())
                                    .isEqualTo("1:send_failed(r-" + orders + "<" + orders + "[k1]/send " + payments
                                            + ")"));
        }
    }

    @Test
    void aSendThatIsTriedUntilItIsAcknowledgedPasses() {
        try (Listener careful = reader(this::pay)) {
            careful.start();

            assertThat(explorePayments(SEND_FAILED, SEND_UNCERTAIN)).isInstanceOf(Outcome.Passed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEND_UNCERTAIN", "DUPLICATE"})
    void aLedgerThatAddsUpWhatComesTwiceIsFound(Fault fault) {
        try (Listener careful = reader(this::pay)) {
            careful.start();

            assertThat(explore(this::addUp, fault)).isInstanceOf(Outcome.Failed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEND_UNCERTAIN", "DUPLICATE"})
    void aLedgerThatKnowsWhatItHasPasses(Fault fault) {
        try (Listener careful = reader(this::pay)) {
            careful.start();

            assertThat(explorePayments(fault)).isInstanceOf(Outcome.Passed.class);
        }
    }

    /** Without numbers, a batch whose acknowledgement was lost is appended again. */
    @Test
    void aProducerThatRepeatsItselfIsFound() {
        try (Producer<byte[], byte[]> repeating = producer(Map.of("enable.idempotence", false));
                Listener paying = reader(value -> repeating.send(payment(value)).get())) {
            paying.start();

            assertThat(explore(this::addUp, BROKER_UNAVAILABLE)).isInstanceOf(Outcome.Failed.class);
        }
    }

    @Test
    void aProducerThatNumbersItsRecordsPasses() {
        try (Listener paying = reader(value -> producer.send(payment(value)).get())) {
            paying.start();

            assertThat(explore(this::addUp, BROKER_UNAVAILABLE)).isInstanceOf(Outcome.Passed.class);
        }
    }

    /** It believes that what it could not commit comes again. */
    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void workThatIsUndoneWhenItsCommitFailsIsFound(Protocol protocol) {
        try (Listener undoing = reader(protocol, value -> credit.put("v" + value, value))
                .whenCommitFails(handled -> credit.remove("v" + Listener.text(handled.value())))) {
            undoing.start();

            assertThat(explore(() -> assertThat(credit).containsKeys("v10", "v20"), COMMIT_FAILED))
                    .isInstanceOf(Outcome.Failed.class);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.atleastonce.kafka.Protocol#spoken")
    void workThatStaysWhenItsCommitFailsPasses(Protocol protocol) {
        try (Listener staying = reader(protocol, value -> credit.put("v" + value, value))) {
            staying.start();

            assertThat(explore(
                            () -> assertThat(credit).containsKeys("v10", "v20"),
                            COMMIT_FAILED,
                            REDELIVERY,
                            BROKER_UNAVAILABLE))
                    .isInstanceOf(Outcome.Passed.class);
        }
    }

    /** Often, since what is not in the schedule may vary. */
    @Test
    void aFailureIsReproducedEachTime() {
        ScheduleToken token = ScheduleToken.parse("1:redelivery(r-" + orders + "<" + orders + "[k1]/commit offsets)");
        try (Listener adding = reader(value -> credit.merge("c", value, Integer::sum))) {
            adding.start();

            for (int i = 0; i < REPLAYS; i++) {
                assertThat(replay(token)).isInstanceOf(Outcome.Failed.class);
            }
        }
    }

    private Outcome replay(ScheduleToken token) {
        return ScenarioRunner.of(REDELIVERY).on(kafka).within(kafka.bounds()).replay(token, scenario -> {
            credit.clear();
            scenario.channel(orders).send("o-1", "10");
            scenario.channel(orders).send("o-2", "20");
            scenario.settle();
            assertThat(credit).containsEntry("c", 30);
        });
    }

    private void pay(int value) throws Exception {
        while (true) {
            try {
                producer.send(payment(value)).get();
                return;
            } catch (ExecutionException failed) {
                continue; // Sent again, until it is acknowledged.
            }
        }
    }

    private ProducerRecord<byte[], byte[]> payment(int value) {
        byte[] text = Integer.toString(value).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(payments, text, text);
    }

    private void addUp() {
        assertThat(paid.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
    }

    private Outcome explorePayments(Fault... faults) {
        return explore(() -> assertThat(paid).containsKeys(10, 20), faults);
    }

    private interface Effect {

        void of(int value) throws Exception;
    }

    private Listener reader(Effect effect) {
        return reader(Protocol.CLASSIC, effect);
    }

    private Listener reader(Protocol protocol, Effect effect) {
        return new Listener(
                        proxy.bootstrapServers(),
                        "r-" + orders,
                        orders,
                        protocol.settings(),
                        next -> effect.of(Integer.parseInt(Listener.text(next.value()))))
                .committingRecords();
    }

    private Outcome explore(Runnable claim, Fault... faults) {
        try (Listener ledger = new Listener(
                        proxy.bootstrapServers(), "ledger-" + orders, payments, Protocol.CLASSIC.settings(), next -> {
                            int value = Integer.parseInt(Listener.text(next.value()));
                            paid.merge(value, value, Integer::sum);
                        })
                .committingRecords()) {
            ledger.start();
            return ScenarioRunner.of(faults[0], faults)
                    .on(kafka)
                    .within(kafka.bounds())
                    .explore(scenario -> {
                        credit.clear();
                        paid.clear();
                        scenario.channel(orders).send("o-1", "10");
                        scenario.channel(orders).send("o-2", "20");
                        scenario.settle();
                        claim.run();
                    });
        }
    }
}
