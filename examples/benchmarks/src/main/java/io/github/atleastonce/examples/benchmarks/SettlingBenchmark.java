package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Measures how long a test waits from sending a message until it is known to be handled and committed, with the proxy before Kafka and without it. */
public final class SettlingBenchmark {

    private static final int EXPLORATIONS = 300;
    private static final int WARM_UP = 300;
    private static final double MILLIS = 1e6;

    private SettlingBenchmark() {}

    /**
     * Prints the medians.
     *
     * @param arguments none
     * @throws Exception if the broker or a client fails
     */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                KafkaCluster kafka = cluster(broker)) {
            double straight = measure(kafka, broker.bootstrapServers(), "straight");
            double behind = measure(kafka.behind(proxy), proxy.bootstrapServers(), "behind");
            double alone = alone(broker.bootstrapServers());
            print(behind, "without the proxy", straight);
            print(behind, "clients alone, without anybody who looks, sent → committed", alone);
        }
    }

    private static void print(double behind, String beside, double other) {
        Row.print(
                "embedded Kafka behind the proxy, a message published → settled",
                String.format(Locale.ROOT, "%.1f ms", behind),
                String.format(Locale.ROOT, "%s: %.1f ms", beside, other),
                Row.ratio(behind / other));
    }

    /** What the broker, a producer and a consumer take for it by themselves. */
    private static double alone(String servers) throws Exception {
        double[] millis = new double[EXPLORATIONS];
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer());
                KafkaConsumer<String, String> consumer = OrdersConsumer.consumer(servers, "alone", "consumer")) {
            consumer.subscribe(List.of(OrdersConsumer.TOPIC));
            for (int message = -WARM_UP; message < EXPLORATIONS; message++) {
                long began = System.nanoTime();
                producer.send(new ProducerRecord<>(OrdersConsumer.TOPIC, "o-1", "10"))
                        .get();
                while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
                    continue; // Its group is still joining.
                }
                consumer.commitSync();
                if (message >= 0) {
                    millis[message] = (System.nanoTime() - began) / MILLIS;
                }
            }
        }
        return Row.median(millis);
    }

    private static KafkaCluster cluster(EmbeddedKafka broker) {
        broker.createTopics(Map.of(OrdersConsumer.TOPIC, 1));
        return new KafkaCluster(broker.bootstrapServers(), List.of(OrdersConsumer.TOPIC));
    }

    private static double measure(KafkaCluster kafka, String servers, String group) {
        List<Double> millis = new ArrayList<>();
        ScenarioRunner runner = ScenarioRunner.of(Fault.DUPLICATE)
                .on(kafka)
                .within(kafka.bounds().withMaxFaults(0))
                .mayPassUndelivered("only the time is asked for");
        try (OrdersConsumer listener = new OrdersConsumer(servers, group, "consumer", order -> {})) {
            listener.start();
            for (int exploration = -WARM_UP; exploration < EXPLORATIONS; exploration++) {
                Outcome outcome = runner.explore(scenario -> body(scenario, millis));
                if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Flaky) {
                    throw new IllegalStateException("The body should hold, but: " + outcome);
                }
                if (exploration < 0) {
                    millis.clear();
                }
            }
        }
        return Row.median(millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void body(Scenario scenario, List<Double> millis) {
        long began = System.nanoTime();
        scenario.channel(OrdersConsumer.TOPIC).send("o-1", "10");
        scenario.settle();
        millis.add((System.nanoTime() - began) / MILLIS);
    }
}
