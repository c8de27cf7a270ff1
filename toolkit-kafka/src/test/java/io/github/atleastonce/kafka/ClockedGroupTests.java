package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Groups that commit by a clock: of Kafka Streams, told by their assignor and by the names of their topics, and of SmallRye, told by the ids of their
 * clients. The frameworks themselves are tried by {@code .ci/frameworks}.
 */
class ClockedGroupTests {

    private static final String REPARTITION = "billing-by-customer-repartition";

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;

    private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();

    /** Has the name of the assignor of Streams. */
    public static final class StreamAssignor extends RangeAssignor {

        @Override
        public String name() {
            return "stream";
        }
    }

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start();
        proxy = FaultProxy.before(broker.bootstrapServers());
        broker.createTopics(Map.of("orders", 1, "calls", 1, "payments", 1, "settled", 1, "bills", 1, REPARTITION, 1));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        broker.close();
    }

    private Listener reader(String group, String topic, Map<String, String> settings) {
        return new Listener(
                proxy.bootstrapServers(), group, topic, settings, next -> handled.add(Listener.text(next.value())));
    }

    private static Map<String, String> ofStreams() {
        return Map.of(
                "partition.assignment.strategy", StreamAssignor.class.getName(), "isolation.level", "read_committed");
    }

    /** Sends two records, and returns how often the group was given something in the first run. */
    private static int given(Listener listener, String topic) {
        List<Integer> given = new ArrayList<>();
        explore(listener, List.of(topic), scenario -> {
            scenario.channel(topic).send("o-1", "10");
            scenario.channel(topic).send("o-2", "20");
            scenario.settle();
            given.add((int) scenario.history().events().stream()
                    .filter(WireEvent.class::isInstance)
                    .count());
        });
        return given.get(0);
    }

    private static Outcome explore(Listener listener, List<String> topics, java.util.function.Consumer<Scenario> body) {
        KafkaCluster bare = new KafkaCluster(broker.bootstrapServers(), topics);
        try (bare;
                listener) {
            listener.start();
            return ScenarioRunner.of(REDELIVERY)
                    .on(bare.behind(proxy))
                    .within(bare.bounds())
                    .explore(body::accept);
        }
    }

    @Test
    void areGivenOneRecordAtATime() {
        assertThat(given(reader("streams", "orders", ofStreams()), "orders")).isEqualTo(2);
    }

    @Test
    void soAreThoseOfSmallRye() {
        Map<String, String> ofSmallRye = Map.of("client.id", "kafka-consumer-payments");
        assertThat(given(reader("smallrye", "payments", ofSmallRye), "payments"))
                .isEqualTo(2);
    }

    @Test
    void othersAreGivenAllThatIsThere() {
        assertThat(given(reader("others", "calls", Map.of()), "calls")).isEqualTo(1);
    }

    /** They read past it without a commit that says so. */
    @Test
    void whatATransactionHasTakenBackIsPassed() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", proxy.bootstrapServers());
        settings.put("transactional.id", "settling");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();

            Outcome outcome = explore(
                    reader("settling", "settled", ofStreams()).committingRecords(), List.of("settled"), scenario -> {
                        handled.clear();
                        scenario.channel("settled").send("o-1", "10");
                        scenario.settle();
                        send(producer, "20", false);
                        send(producer, "30", false);
                        send(producer, "40", true);
                        scenario.settle();
                        assertThat(handled).contains("40").doesNotContain("20", "30");
                    });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String value, boolean commits) {
        producer.beginTransaction();
        try {
            producer.send(new ProducerRecord<>("settled", value.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .get();
        } catch (InterruptedException | ExecutionException lost) {
            throw new IllegalStateException(lost);
        }
        if (commits) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    /** Nobody names it, since nobody but the group itself sends to it and reads from it. */
    @Test
    void whatTheySendToThemselvesIsWaitedFor() {
        List<String> names = new ArrayList<>();
        try (Listener itself = reader("billing", REPARTITION, ofStreams())) {
            itself.start();
            KafkaCluster bare = new KafkaCluster(broker.bootstrapServers(), List.of("bills"));
            try (bare;
                    Listener bills = reader("billing", "bills", ofStreams())) {
                bills.start();
                ScenarioRunner.of(REDELIVERY)
                        .on(bare.behind(proxy))
                        .within(bare.bounds())
                        .explore(scenario -> {
                            scenario.channel("bills").send("o-1", "10");
                            scenario.settle();
                        });
                names.addAll(bare.topicNames());
            }
        }
        assertThat(names).contains(REPARTITION, "bills");
    }
}
