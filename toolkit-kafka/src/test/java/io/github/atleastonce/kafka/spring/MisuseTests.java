package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Tests that are set up wrongly are told what is wrong. */
class MisuseTests {

    /** Where nobody listens. */
    private static final String ELSEWHERE = "127.0.0.1:1";

    @TempDir
    Path kept;

    static class Elsewhere {

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> elsewhere() {
            return listening(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, List.of(ELSEWHERE)));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> automatic() {
            return listening(Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    System.getProperty("spring.kafka.bootstrap-servers"),
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    true));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> chosen() {
            return listening(Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    System.getProperty("spring.kafka.bootstrap-servers"),
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    true,
                    ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG,
                    200));
        }

        private static ConcurrentKafkaListenerContainerFactory<String, String> listening(Map<String, Object> settings) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            Map<String, Object> consuming = new java.util.HashMap<>(settings);
            consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            factory.setConsumerFactory(
                    new DefaultKafkaConsumerFactory<>(consuming, new StringDeserializer(), new StringDeserializer()));
            return factory;
        }
    }

    static class OrdersElsewhere {

        @KafkaListener(topics = "orders", groupId = "strays", containerFactory = "elsewhere")
        void on(String order) {}
    }

    static class AuditElsewhere {

        @KafkaListener(topics = "audit", groupId = "audit", containerFactory = "elsewhere")
        void on(String order) {}
    }

    static class Automatic {

        @KafkaListener(id = "automatic", topics = "mails", containerFactory = "automatic")
        void on(String mail) {}

        @KafkaListener(id = "chosen", topics = "mails", containerFactory = "chosen")
        void onToo(String mail) {}
    }

    static class ReservationTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @FaultTest(faults = Fault.DUPLICATE)
        void reservesCreditOnce(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(70);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Elsewhere.class, OrdersElsewhere.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class OrdersElsewhereTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Idempotent.class, Elsewhere.class, AuditElsewhere.class
    })
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class AuditElsewhereTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Idempotent.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @EmbeddedKafka
    @DirtiesContext
    static class TwoBrokersTestCase extends ReservationTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Elsewhere.class, Automatic.class})
    @KafkaBroker(topics = @Topic(name = "mails"))
    @DirtiesContext
    static class AutomaticTestCase {

        @Autowired
        KafkaListenerEndpointRegistry registry;

        @Test
        void commitsSoon() {
            assertThat(interval("automatic")).isEqualTo("50");
            assertThat(interval("chosen")).isEqualTo("200");
        }

        private String interval(String id) {
            return ContainerInternals.setting(
                    (org.springframework.kafka.listener.AbstractMessageListenerContainer<?, ?>)
                            registry.getListenerContainer(id),
                    ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG);
        }
    }

    @Test
    void aListenerAtAnotherBrokerIsNamed() {
        assertThat(failures(OrdersElsewhereTestCase.class))
                .singleElement()
                .asString()
                .contains(
                        "The listener of group 'strays' reads 'orders' from the Kafka broker at 127.0.0.1:1, and this test uses the "
                                + "one at 127.0.0.1:")
                .endsWith(": let it take its address from the property spring.kafka.bootstrap-servers.");
    }

    @Test
    void aListenerOfAnotherClusterTakesNoPart() {
        assertThat(failures(AuditElsewhereTestCase.class)).isEmpty();
    }

    @Test
    void aSecondBrokerIsNamed() {
        assertThat(failures(TwoBrokersTestCase.class))
                .containsExactly(
                        "TwoBrokersTestCase has @KafkaBroker and @EmbeddedKafka, and its listeners can use only one of the two "
                                + "brokers: remove @EmbeddedKafka.");
    }

    @Test
    void whatCommitsAutomaticallyDoesSoSoon() {
        assertThat(failures(AutomaticTestCase.class)).isEmpty();
    }

    private List<String> failures(Class<?> fixture) {
        Events all = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .configurationParameter("atleastonce.directory", kept.toString())
                .execute()
                .allEvents();
        return all.failed().stream()
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .map(Throwable::getMessage)
                        .orElse(""))
                .toList();
    }
}
