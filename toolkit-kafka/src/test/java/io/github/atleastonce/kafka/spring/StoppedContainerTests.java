package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.annotation.Transactional;

/** An application stops a listener container of its own: each life and each run begins with it all the same. */
class StoppedContainerTests {

    @TempDir
    Path kept;

    /** Wrong: takes no order twice, and stops at one that comes again. */
    @Configuration
    static class StopsAtWhatFails {

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> stopping(
                ConcurrentKafkaListenerContainerFactory<String, String> ackEach) {
            ackEach.setCommonErrorHandler(new CommonContainerStoppingErrorHandler());
            return ackEach;
        }

        @Bean
        Strict strict(CreditService service) {
            return new Strict(service);
        }
    }

    static class Strict {

        private final CreditService service;

        Strict(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "stopping")
        public void on(ConsumerRecord<String, String> order) {
            if (!service.isFirst(order.key())) {
                throw new IllegalStateException(order.key() + " was there before");
            }
            service.reserve(order.value());
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, StopsAtWhatFails.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class StopsAtWhatFailsTestCase {

        @Autowired
        CreditService service;

        @FaultTest(faults = Fault.DUPLICATE, bounds = "settleTimeout=5s")
        void reserves(Scenario scenario) {
            service.reset();
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:20");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(50);
        }
    }

    @Test
    void whoIsStoppedByWhatFailsIsFound() {
        assertThat(Told.by(StopsAtWhatFailsTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:duplicate(orders[k1])")
                .contains("the topic 'orders', whose consumers have all gone");
    }

    /** Right: the last order of the day is the last one for the time being. */
    @Configuration
    static class StopsInTheEvening {

        @Bean
        Till till(CreditService service, KafkaTemplate<String, String> kafka, KafkaListenerEndpointRegistry registry) {
            return new Till(service, kafka, registry);
        }
    }

    static class Till {

        private final CreditService service;
        private final KafkaTemplate<String, String> kafka;
        private final KafkaListenerEndpointRegistry registry;

        Till(CreditService service, KafkaTemplate<String, String> kafka, KafkaListenerEndpointRegistry registry) {
            this.service = service;
            this.kafka = kafka;
            this.registry = registry;
        }

        @KafkaListener(id = "till", topics = "orders", groupId = "credit", containerFactory = "ackEach")
        public void on(ConsumerRecord<String, String> order) {
            kafka.send("mails", order.key(), order.value()).join();
            if (order.key().equals("last")) {
                Objects.requireNonNull(registry.getListenerContainer("till")).stop(() -> {});
            }
        }

        @Transactional
        @KafkaListener(topics = "mails", groupId = "mails")
        public void mail(ConsumerRecord<String, String> mail) {
            if (service.isFirst(mail.key())) {
                service.reserve(mail.value());
            }
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, StopsInTheEvening.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class StopsInTheEveningTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void books(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("last", "alice:20");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(50);
        }
    }

    @Test
    void whoStopsWhenAllIsDoneHolds() {
        assertThat(Told.by(StopsInTheEveningTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault");
    }
}
