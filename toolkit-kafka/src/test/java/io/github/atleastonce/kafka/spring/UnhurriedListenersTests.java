package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.util.backoff.FixedBackOff;

/** Right applications that wait, or look something up, while they have a record or are about to ask for one. */
class UnhurriedListenersTests {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    @TempDir
    Path kept;

    @Configuration
    static class Beans {

        /** Asks for records no more than once a minute. */
        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> idle(ConsumerFactory<String, String> consumers) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(consumers);
            factory.getContainerProperties().setIdleBetweenPolls(MINUTE);
            return factory;
        }

        /** Tries again what was rolled back, a minute later. */
        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> backingOff(
                ConsumerFactory<String, String> consumers,
                KafkaTransactionManager<String, String> kafkaTransactionManager) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(consumers);
            factory.getContainerProperties().setKafkaAwareTransactionManager(kafkaTransactionManager);
            factory.setAfterRollbackProcessor(new DefaultAfterRollbackProcessor<>(new FixedBackOff(MINUTE, 3)));
            return factory;
        }

        @Bean
        ConsumerFactory<String, String> consumers() {
            return new DefaultKafkaConsumerFactory<>(
                    Map.of(
                            "bootstrap.servers",
                            System.getProperty("spring.kafka.bootstrap-servers"),
                            "auto.offset.reset",
                            "earliest"),
                    new StringDeserializer(),
                    new StringDeserializer());
        }
    }

    /** Reserves each order once, after what it does first. */
    abstract static class Reserving {

        @Autowired
        CreditService service;

        void reserve(ConsumerRecord<String, String> order) {
            if (service.isFirst(order.key())) {
                service.reserve(order.value());
            }
        }
    }

    static class Idle extends Reserving {

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "idle")
        public void on(ConsumerRecord<String, String> order) {
            reserve(order);
        }
    }

    static class BackingOff extends Reserving {

        private final Set<String> tried = new HashSet<>();

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "backingOff")
        public void on(ConsumerRecord<String, String> order) {
            if (tried.add(order.topic() + order.offset())) {
                throw new IllegalStateException("not yet");
            }
            reserve(order);
        }
    }

    /** Looks how much there is, by a consumer of the factory that the container has. */
    static class LookingUp extends Reserving {

        @Autowired
        ConsumerFactory<String, String> consumers;

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "idle")
        public void on(ConsumerRecord<String, String> order) {
            try (Consumer<String, String> own = consumers.createConsumer("looking", "")) {
                own.endOffsets(List.of(new TopicPartition(order.topic(), order.partition())));
            }
            reserve(order);
        }
    }

    abstract static class OrdersTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @FaultTest(faults = Fault.DUPLICATE)
        void reservesOnce(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:20");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(50);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Beans.class, Idle.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class IdleTestCase extends OrdersTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Beans.class, BackingOff.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class BackingOffTestCase extends OrdersTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, Beans.class, LookingUp.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class LookingUpTestCase extends OrdersTestCase {}

    @ParameterizedTest
    @ValueSource(classes = {IdleTestCase.class, BackingOffTestCase.class, LookingUpTestCase.class})
    void areRight(Class<?> fixture) {
        assertThat(Told.by(fixture, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault");
    }
}
