package io.github.atleastonce.kafka.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.proxy.ProxiedClients;
import io.github.atleastonce.kafka.spring.Told;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer whose thread dies of a commit that was refused, as most loops in tutorials do, and that nobody starts again. */
class DyingConsumerTests {

    private static final Set<String> CREDITED = ConcurrentHashMap.newKeySet();

    @TempDir
    Path kept;

    /** What it does is idempotent, so that only its end is wrong. */
    private static final class Service {

        private final KafkaConsumer<String, String> consumer;
        private final Thread thread = new Thread(this::work, "service");
        private final String topic;
        private final boolean survives;
        private final KafkaProducer<String, String> producer;

        Service(String servers, String topic, boolean survives) {
            this.topic = topic;
            this.survives = survives;
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer());
            consumer = ProxiedClients.consumer(servers, "of-" + topic, Map.of());
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((dead, of) -> {});
            thread.start();
        }

        private void work() {
            try (consumer;
                    producer) {
                consumer.subscribe(List.of(topic));
                while (true) {
                    for (ConsumerRecord<String, String> next : consumer.poll(Duration.ofMillis(100))) {
                        if (topic.equals("orders")) {
                            producer.send(new ProducerRecord<>("payments", next.key(), next.value()));
                            producer.flush();
                        } else {
                            CREDITED.add(next.key());
                        }
                    }
                    commit();
                }
            } catch (WakeupException closing) {
                return;
            }
        }

        private void commit() {
            try {
                consumer.commitSync();
            } catch (CommitFailedException refused) {
                if (!survives) {
                    throw refused;
                }
            }
        }

        void close() throws InterruptedException {
            consumer.wakeup();
            thread.join();
        }
    }

    @KafkaBroker(
            topics = {@Topic(name = "orders"), @Topic(name = "payments")},
            proxy = true)
    abstract static class ChainTestCase {

        private static List<Service> services = List.of();

        static void start(String servers, boolean first, boolean second) {
            services = List.of(new Service(servers, "orders", first), new Service(servers, "payments", second));
        }

        @AfterAll
        static void stop() throws InterruptedException {
            for (Service service : services) {
                service.close();
            }
        }

        /** A single record: all that it is to do is done when the consumer dies. */
        @FaultTest(faults = Fault.REDELIVERY)
        void credits(Scenario scenario) {
            CREDITED.clear();
            scenario.channel("orders").send("o-1", "10");
            scenario.settle();
            assertThat(CREDITED).hasSize(1);
        }
    }

    static class FirstDiesTestCase extends ChainTestCase {
        @BeforeAll
        static void start(@BootstrapServers String servers) {
            start(servers, false, true);
        }
    }

    static class SecondDiesTestCase extends ChainTestCase {
        @BeforeAll
        static void start(@BootstrapServers String servers) {
            start(servers, true, false);
        }
    }

    static class BothSurviveTestCase extends ChainTestCase {
        @BeforeAll
        static void start(@BootstrapServers String servers) {
            start(servers, true, true);
        }
    }

    @Test
    void tellsThatAConsumerHasDied() {
        assertThat(Told.failures(FirstDiesTestCase.class, kept))
                .singleElement()
                .asString()
                .contains("Fails under 1 fault.")
                .contains("the topic 'orders', whose consumers have all gone")
                .contains("1:redelivery(of-orders<orders[k1]/commit offsets)");
    }

    @Test
    void tellsThatTheConsumerOfAConsumerHasDied() {
        assertThat(Told.failures(SecondDiesTestCase.class, kept))
                .singleElement()
                .asString()
                .contains("Fails under 1 fault.")
                .contains("the topic 'payments', whose consumers have all gone")
                .contains("1:redelivery(of-payments<");
    }

    @Test
    void letsConsumersPassThatSurvive() {
        assertThat(Told.failures(BothSurviveTestCase.class, kept)).isEmpty();
    }
}
