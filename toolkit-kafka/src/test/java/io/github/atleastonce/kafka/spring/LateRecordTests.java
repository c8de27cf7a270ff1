package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Replay;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** What one listener of an application sends comes late to another one, behind the proxy. */
class LateRecordTests {

    @TempDir
    Path kept;

    /** Pays for orders in time, and ships what is paid for. */
    static class Shop {

        final Set<String> shipped = ConcurrentHashMap.newKeySet();
        final Set<String> cancelled = ConcurrentHashMap.newKeySet();
        private final KafkaTemplate<String, String> kafka;
        private final boolean looks;

        Shop(KafkaTemplate<String, String> kafka, boolean looks) {
            this.kafka = kafka;
            this.looks = looks;
        }

        @KafkaListener(topics = "orders", groupId = "paying")
        public void pay(ConsumerRecord<String, String> order) throws InterruptedException, ExecutionException {
            if (!cancelled.contains(order.key())) {
                kafka.send("payments", order.key(), "paid").get();
            }
        }

        @KafkaListener(topics = "payments", groupId = "shipping")
        public void ship(ConsumerRecord<String, String> payment) {
            if (!looks || !cancelled.contains(payment.key())) {
                shipped.add(payment.key());
            }
        }

        void cancel() {
            if (!shipped.contains("o-1")) {
                cancelled.add("o-1");
            }
        }
    }

    /** Wrong: ships what was cancelled. */
    @Configuration
    static class Careless {

        @Bean
        Shop shop(KafkaTemplate<String, String> kafka) {
            return new Shop(kafka, false);
        }
    }

    /** Right. */
    @Configuration
    static class Careful {

        @Bean
        Shop shop(KafkaTemplate<String, String> kafka) {
            return new Shop(kafka, true);
        }
    }

    static class ShopTestCase {

        @Autowired
        Shop shop;

        @BeforeEach
        void reset() {
            shop.shipped.clear();
            shop.cancelled.clear();
        }

        @FaultTest(faults = Fault.DELAY)
        void shipsOrCancels(Scenario scenario) {
            scenario.service("clock", life -> life.after(Duration.ofMinutes(15), shop::cancel));
            scenario.channel("orders").send("o-1", "1 lamp");
            scenario.settle();
            assertThat(shop.shipped.size() + shop.cancelled.size()).isEqualTo(1);
        }
    }

    /** The first payment comes in time. */
    static class SecondTestCase extends ShopTestCase {

        @Override
        @Replay("1:delay(shipping<payments[#2])")
        @FaultTest(faults = Fault.DELAY)
        void shipsOrCancels(Scenario scenario) {
            scenario.service("clock", life -> life.after(Duration.ofMinutes(15), shop::cancel));
            scenario.channel("orders").send("o-2", "1 chair");
            scenario.channel("orders").send("o-1", "1 lamp");
            scenario.settle();
            assertThat(shop.shipped.size() + shop.cancelled.size()).isEqualTo(2);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Careless.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "payments")})
    @DirtiesContext
    static class CarelessSecondTestCase extends SecondTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Careful.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "payments")})
    @DirtiesContext
    static class CarefulSecondTestCase extends SecondTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Careless.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "payments")})
    @DirtiesContext
    static class CarelessTestCase extends ShopTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Careful.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "payments")})
    @DirtiesContext
    static class CarefulTestCase extends ShopTestCase {}

    @Test
    void aPaymentThatComesLateIsFound() {
        assertThat(Told.by(CarelessTestCase.class, kept))
                .first(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:delay(shipping<payments[#1])");
    }

    @Test
    void whoIsPreparedForThatPasses() {
        assertThat(Told.by(CarefulTestCase.class, kept))
                .first(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (3 runs)");
    }

    @Test
    void onlyTheSecondPaymentComesLate() {
        assertThat(Told.by(CarelessSecondTestCase.class, kept))
                .first(STRING)
                .contains("Fails under 1 fault.")
                .contains("DELAY: Record to shipping held back until all else was done");
        assertThat(Told.by(CarefulSecondTestCase.class, kept)).first(STRING).startsWith("Passed under this schedule");
    }
}
