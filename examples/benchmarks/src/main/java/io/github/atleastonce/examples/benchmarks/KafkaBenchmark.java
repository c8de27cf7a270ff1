package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Measures settled schedules a second on the embedded broker: three messages, an ordinary consumer that commits after its work. */
public final class KafkaBenchmark {

    private static final int ROUNDS = 9;
    private static final int WARM_UP = 4;
    private static final double NANOS = 1e9;
    private static final String TOPIC = "orders";

    private KafkaBenchmark() {}

    /**
     * Prints the median rate, with a classic group and with one of the newer protocol.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (Broker broker = Broker.start(name -> Optional.empty())) {
            broker.createTopics(Map.of(TOPIC, 1));
            for (String protocol : List.of("classic", "consumer")) {
                double rate = measure(broker.bootstrapServers(), protocol);
                Row.print("embedded Kafka, settled, group protocol " + protocol, Row.perSecond(rate, "schedules"));
            }
        }
    }

    private static double measure(String servers, String protocol) {
        Set<String> handled = ConcurrentHashMap.newKeySet();
        double[] rates = new double[ROUNDS];
        try (Listener listener = new Listener(servers, protocol, handled);
                KafkaCluster kafka = new KafkaCluster(servers, List.of(TOPIC))) {
            listener.start();
            ScenarioRunner runner = ScenarioRunner.of(Fault.DUPLICATE)
                    .on(kafka)
                    .within(kafka.bounds().withMaxFaults(2));
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long began = System.nanoTime();
                Outcome outcome = runner.explore(scenario -> body(scenario, handled));
                double seconds = (System.nanoTime() - began) / NANOS;
                if (!(outcome instanceof Outcome.Passed passed)) {
                    throw new IllegalStateException("The body should hold, but: " + outcome);
                }
                if (round >= 0) {
                    rates[round] = passed.claim().runs() / seconds;
                }
            }
        }
        return Row.median(rates);
    }

    private static void body(Scenario scenario, Set<String> handled) {
        handled.clear();
        MessageChannel orders = scenario.channel(TOPIC);
        orders.send("o-1", "10");
        orders.send("o-2", "20");
        orders.send("o-3", "30");
        scenario.settle();
        if (handled.size() != 3) {
            throw new AssertionError("There are " + handled.size() + " orders.");
        }
    }

    private static final class Listener implements AutoCloseable {

        private final KafkaConsumer<String, String> consumer;
        private final Set<String> handled;
        private final Thread thread = new Thread(this::listen, "listener");

        Listener(String servers, String protocol, Set<String> handled) {
            this.handled = handled;
            this.consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            servers,
                            "group.id",
                            "benchmark-" + protocol,
                            "group.protocol",
                            protocol,
                            "auto.offset.reset",
                            "earliest",
                            "enable.auto.commit",
                            "false"),
                    new StringDeserializer(),
                    new StringDeserializer());
        }

        void start() {
            thread.start();
        }

        private void listen() {
            try (consumer) {
                consumer.subscribe(List.of(TOPIC));
                while (true) {
                    ConsumerRecords<String, String> orders = consumer.poll(Duration.ofSeconds(1));
                    for (ConsumerRecord<String, String> order : orders) {
                        handled.add(order.key());
                    }
                    consumer.commitSync();
                }
            } catch (WakeupException closing) {
                // close() has asked for it
            }
        }

        @Override
        public void close() {
            consumer.wakeup();
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
