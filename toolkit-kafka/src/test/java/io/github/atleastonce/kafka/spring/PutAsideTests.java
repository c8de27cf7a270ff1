package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Records that an {@link ErrorHandlingDeserializer} has put aside: a listener of batches gets them without a value, as tombstones are. */
class PutAsideTests {

    /** The header in which spring-kafka says why; the constants for it differ between its versions. */
    private static final String FAILURE = "springDeserializerExceptionValue";

    @TempDir
    Path kept;

    @Configuration
    static class Beans extends CreditService.Beans {

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, Integer> amounts() {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, Integer>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    System.getProperty("spring.kafka.bootstrap-servers"),
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                    StringDeserializer.class,
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                    ErrorHandlingDeserializer.class,
                    ErrorHandlingDeserializer.VALUE_DESERIALIZER_CLASS,
                    IntegerDeserializer.class)));
            factory.setBatchListener(true);
            return factory;
        }
    }

    /** Takes amounts off the credit of customers, and ends an account without one. */
    abstract static class Booking {

        private final CreditService service;

        Booking(CreditService service) {
            this.service = service;
        }

        abstract boolean isReadable(ConsumerRecord<String, Integer> order);

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "amounts")
        public void on(List<ConsumerRecord<String, Integer>> orders) {
            for (ConsumerRecord<String, Integer> order : orders) {
                if (!isReadable(order)) {
                    continue;
                }
                if (order.value() == null) {
                    service.mail("account closed");
                } else {
                    service.reserve(order.key() + ":" + order.value());
                }
            }
        }
    }

    /** Wrong: a record without a value is a tombstone. */
    static class Trusting extends Booking {

        Trusting(CreditService service) {
            super(service);
        }

        @Override
        boolean isReadable(ConsumerRecord<String, Integer> order) {
            return true;
        }
    }

    /** Right: looks whether its value could not be read. */
    static class Looking extends Booking {

        Looking(CreditService service) {
            super(service);
        }

        @Override
        boolean isReadable(ConsumerRecord<String, Integer> order) {
            return order.headers().lastHeader(FAILURE) == null;
        }
    }

    static class PutAsideTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @FaultTest(faults = Fault.POISON)
        void closesNoAccount(Scenario scenario) {
            scenario.channel("orders").send("alice", 30);
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(70);
            assertThat(service.mailed()).isEmpty();
        }
    }

    @SpringJUnitConfig({Beans.class, Trusting.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class TrustingTestCase extends PutAsideTestCase {}

    @SpringJUnitConfig({Beans.class, Looking.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class LookingTestCase extends PutAsideTestCase {}

    @Test
    void findsWhoTakesWhatCouldNotBeReadForATombstone() {
        assertThat(Told.by(TrustingTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:poison(");
    }

    @Test
    void whoLooksHolds() {
        assertThat(Told.by(LookingTestCase.class, kept)).singleElement(STRING).startsWith("Holds under every schedule");
    }
}
