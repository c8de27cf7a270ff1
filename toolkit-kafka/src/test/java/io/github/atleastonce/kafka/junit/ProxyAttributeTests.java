package io.github.atleastonce.kafka.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Replay;
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
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class that asks for the proxy, and a service with a consumer of its own that knows nothing of it. */
class ProxyAttributeTests {

    private static final Map<String, Integer> CREDIT = new ConcurrentHashMap<>();

    @TempDir
    Path kept;

    /** Handles and commits record by record, as most do. */
    private static final class Service {

        private final KafkaConsumer<String, String> consumer;
        private final Thread thread = new Thread(this::work, "service");
        private final boolean idempotent;

        Service(String servers, boolean idempotent) {
            this.idempotent = idempotent;
            this.consumer = ProxiedClients.consumer(servers, "customers", Map.of("max.poll.records", 1));
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            try (consumer) {
                consumer.subscribe(List.of("credits"));
                while (true) {
                    for (ConsumerRecord<String, String> next : consumer.poll(Duration.ofMillis(100))) {
                        int amount = Integer.parseInt(next.value().replace("\"", ""));
                        CREDIT.merge(idempotent ? "c-" + amount : "c", amount, idempotent ? Math::max : Integer::sum);
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
            } catch (CommitFailedException moved) {
                return; // It comes again.
            }
        }

        void close() throws InterruptedException {
            consumer.wakeup();
            thread.join();
        }
    }

    private static void credit(Scenario scenario) {
        CREDIT.clear();
        scenario.channel("credits").send("o-1", "10");
        scenario.channel("credits").send("o-2", "20");
        scenario.settle();
        assertThat(CREDIT.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
    }

    @KafkaBroker(topics = @Topic(name = "credits"))
    static class AddingTestCase {

        private static Service service;

        @BeforeAll
        static void start(@BootstrapServers String servers) {
            assertThat(System.getProperty("spring.kafka.bootstrap-servers")).isEqualTo(servers);
            service = new Service(servers, false);
        }

        @AfterAll
        static void stop() throws InterruptedException {
            service.close();
        }

        @FaultTest(faults = Fault.REDELIVERY)
        void addsUpOnce(Scenario scenario) {
            credit(scenario);
        }
    }

    @KafkaBroker(topics = @Topic(name = "credits"))
    static class IdempotentTestCase {

        private static Service service;

        @BeforeAll
        static void start(@BootstrapServers String servers) {
            service = new Service(servers, true);
        }

        @AfterAll
        static void stop() throws InterruptedException {
            service.close();
        }

        @FaultTest(faults = Fault.REDELIVERY)
        void addsUpOnce(Scenario scenario) {
            credit(scenario);
        }

        /** A replay of what is not offered would fail. */
        @FaultTest(faults = Fault.BROKER_UNAVAILABLE)
        @Replay("1:broker_unavailable(customers<credits[k1]/commit offsets,restart)")
        void outlastsARestart(Scenario scenario) {
            credit(scenario);
        }
    }

    @Test
    void findsWhatIsWrongInAServiceThatNobodyEdited() {
        assertThat(Told.failures(AddingTestCase.class, kept))
                .singleElement()
                .asString()
                .contains("REDELIVERY", "1:redelivery(customers<credits[k1]/commit offsets)");
    }

    @Test
    void letsAServicePassThatIsRight() {
        assertThat(Told.failures(IdempotentTestCase.class, kept)).isEmpty();
    }
}
