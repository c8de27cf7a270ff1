package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.COMMIT_FAILED;
import static io.github.atleastonce.schedule.Fault.PAUSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.ScheduleToken;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.Test;

/** Nodes of the scenario, and a service behind the proxy that reads what they send. */
class NodesBehindProxyTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;
    private static KafkaCluster kafka;

    private final Set<String> paid = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start();
        proxy = FaultProxy.before(broker.bootstrapServers());
        broker.createTopics(Map.of("orders", 1, "payments", 1));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of("orders", "payments")).behind(proxy);
    }

    @AfterAll
    static void stop() {
        kafka.close();
        proxy.close();
        broker.close();
    }

    /** A replay of what is not offered would fail: the run attends to the proxy after the others have gone on, too. */
    @Test
    void theRunStillAttendsToTheProxyWhenANodeHasComeBack() {
        String commit = "+commit_failed(ledger<payments[#1]/commit offsets)";
        ScheduleToken token = ScheduleToken.parse("1:pause(credit#1<orders[k1]/take)" + commit);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                Listener ledger = Listener.ofTexts(proxy.bootstrapServers(), "ledger", "payments", paid::add)) {
            ledger.start();

            Outcome outcome = ScenarioRunner.of(PAUSE, COMMIT_FAILED)
                    .on(kafka)
                    .within(kafka.bounds())
                    .replay(token, scenario -> {
                        paid.clear();
                        scenario.nodes("credit", 2, life -> {
                            life.subscribe("orders", String.class, order -> {
                                life.step("take");
                                if (life.service().equals("credit#1")) {
                                    pay(producer, life.service());
                                }
                            });
                            return life.service();
                        });
                        scenario.channel("orders").send("o-1", "o-1");
                        scenario.settle();
                        assertThat(paid).containsExactly("credit#1");
                    });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    private static void pay(Producer<byte[], byte[]> producer, String from) throws Exception {
        byte[] text = from.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>("payments", text, text)).get();
    }

    @Test
    void aNodeHasNoEntrance() {
        Outcome outcome = ScenarioRunner.of(PAUSE)
                .on(kafka)
                .within(kafka.bounds())
                .explore(scenario -> scenario.nodes("credit", 2, KafkaEntrance::open));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        refused -> assertThat(refused.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessage(
                                        "'credit#1' is one of several nodes, which live in the JVM of the test: boot a process, and what has an entrance, by scenario.service."));
    }
}
