package io.github.atleastonce.kafka.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.proxy.ProxiedClients;
import io.github.atleastonce.kafka.spring.Told;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** Services that send at moments that say nothing to anybody else: right ones stay so, and wrong ones are found. */
class AnyMomentTests {

    private static final int BETWEEN_BEATS = 3;
    private static final Map<String, Integer> CREDIT = new ConcurrentHashMap<>();

    @TempDir
    Path kept;

    /**
     * Handles orders, and tells of itself now and then: of runs with two orders each no two that follow each other do so alike. A clock would leave it to chance whether
     * any of them differ.
     */
    private static final class Service {

        private final KafkaConsumer<String, String> consumer;
        private final KafkaProducer<String, String> producer;
        private final Thread thread = new Thread(this::work, "service");
        private final String beats;
        private final boolean idempotent;
        private int handled;

        Service(String servers, String beats, boolean idempotent) {
            this.beats = beats;
            this.idempotent = idempotent;
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer());
            consumer = ProxiedClients.consumer(servers, "beating-" + beats, Map.of());
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            try (consumer) {
                consumer.subscribe(List.of("orders"));
                while (true) {
                    for (ConsumerRecord<String, String> next : consumer.poll(Duration.ofMillis(100))) {
                        CREDIT.merge(next.key(), 1, idempotent ? Math::max : Integer::sum);
                        if (handled++ % BETWEEN_BEATS == 0) {
                            producer.send(new ProducerRecord<>(beats, "alive"));
                            producer.flush();
                        }
                    }
                    try {
                        consumer.commitSync();
                    } catch (CommitFailedException moved) {
                        continue; // It comes again.
                    }
                }
            } catch (WakeupException closing) {
                return;
            }
        }

        void close() throws InterruptedException {
            consumer.wakeup();
            thread.join();
            producer.close();
        }
    }

    abstract static class BeatingTestCase {

        private static Service service;

        static void begin(String servers, String beats, boolean idempotent) {
            service = new Service(servers, beats, idempotent);
        }

        @AfterAll
        static void stop() throws InterruptedException {
            service.close();
        }

        static void credits(Scenario scenario) {
            CREDIT.clear();
            scenario.channel("orders").send("o-1", "10");
            scenario.channel("orders").send("o-2", "20");
            scenario.settle();
            assertThat(CREDIT.values()).containsExactly(1, 1);
        }
    }

    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "beats")})
    static class NamedTestCase extends BeatingTestCase {

        @BeforeAll
        static void start(@BootstrapServers String servers) {
            begin(servers, "beats", true);
        }

        @FaultTest(maxFaults = 1)
        void creditsOnce(Scenario scenario) {
            credits(scenario);
        }
    }

    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "beats")})
    static class WrongTestCase extends BeatingTestCase {

        @BeforeAll
        static void start(@BootstrapServers String servers) {
            begin(servers, "beats", false);
        }

        @FaultTest(maxFaults = 1)
        void creditsOnce(Scenario scenario) {
            credits(scenario);
        }
    }

    @KafkaBroker(topics = @Topic(name = "orders"))
    static class UnnamedTestCase extends BeatingTestCase {

        @BeforeAll
        static void start(@BootstrapServers String servers) {
            begin(servers, "numbers", true);
        }

        @FaultTest(
                faults = {Fault.DUPLICATE, Fault.REDELIVERY, Fault.SEND_FAILED},
                optional = Fault.SEND_FAILED)
        void creditsOnce(Scenario scenario) {
            credits(scenario);
        }
    }

    @Test
    void whatIsSentAtAnyMomentIsLeftAlone() {
        assertThat(Told.by(NamedTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault")
                .contains(
                        "what services on threads of their own send and commit came in no certain order, and met no fault");
    }

    @Test
    void whoIsWrongIsFoundAllTheSame() {
        assertThat(Told.by(WrongTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:duplicate(orders[k1])");
    }

    @Test
    void whatNobodyReadsIsNoEvent() {
        assertThat(Told.by(UnnamedTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule")
                .contains("tried: DUPLICATE, REDELIVERY")
                .contains("what is sent to 'numbers' meets no fault, since neither @KafkaBroker nor a channel names it")
                .doesNotContain("no certain order");
    }
}
