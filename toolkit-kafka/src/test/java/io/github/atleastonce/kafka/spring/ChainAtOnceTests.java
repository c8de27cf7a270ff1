package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.annotation.Transactional;

/** A listener that is at work when the one comes that it has sent something to, behind the proxy that is there by default. */
class ChainAtOnceTests {

    @TempDir
    Path kept;

    /** Both listeners change one account. */
    abstract static class Chain {

        final JdbcTemplate jdbc;
        private final KafkaTemplate<String, String> kafka;

        Chain(JdbcTemplate jdbc, KafkaTemplate<String, String> kafka) {
            this.jdbc = jdbc;
            this.kafka = kafka;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "orders", containerFactory = "ackEach")
        public void ordered(ConsumerRecord<String, String> order) {
            once("order " + order.key());
            kafka.send("payments", order.key(), order.value()).join();
        }

        @Transactional
        @KafkaListener(topics = "payments", groupId = "payments", containerFactory = "ackEach")
        public void paid(ConsumerRecord<String, String> payment) {
            once("payment " + payment.key());
        }

        private void once(String id) {
            Integer known = jdbc.queryForObject("SELECT count(*) FROM processed WHERE id = ?", Integer.class, id);
            if (known != null && known == 0) {
                jdbc.update("INSERT INTO processed VALUES (?)", id);
                add();
            }
        }

        abstract void add();
    }

    /** Wrong: whoever comes between reading and writing is overwritten. */
    static class Overwriting extends Chain {

        Overwriting(JdbcTemplate jdbc, KafkaTemplate<String, String> kafka) {
            super(jdbc, kafka);
        }

        @Override
        void add() {
            Integer before = jdbc.queryForObject("SELECT amount FROM credit", Integer.class);
            jdbc.update("UPDATE credit SET amount = ?", (before == null ? 0 : before) + 1);
        }
    }

    /** Right: the database adds. */
    static class Adding extends Chain {

        Adding(JdbcTemplate jdbc, KafkaTemplate<String, String> kafka) {
            super(jdbc, kafka);
        }

        @Override
        void add() {
            jdbc.update("UPDATE credit SET amount = amount + 1");
        }
    }

    static class CountingTestCase {

        @Autowired
        CreditService service;

        @FaultTest(maxFaults = 1)
        void countsAll(Scenario scenario) {
            counts(scenario, service);
        }

        static void counts(Scenario scenario, CreditService service) {
            service.reset();
            scenario.channel("orders").send("o-1", "1");
            scenario.channel("orders").send("o-2", "1");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(104);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Overwriting.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "payments")})
    @DirtiesContext
    static class OverwritingTestCase extends CountingTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Adding.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "payments")})
    @DirtiesContext
    static class AddingTestCase extends CountingTestCase {}

    @Test
    void findsAnUpdateThatIsLost() {
        assertThat(Told.by(OverwritingTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:concurrent(orders<orders[k2]/");
    }

    @Test
    void passesWhoLosesNone() {
        assertThat(Told.by(AddingTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault")
                .contains("tried: DUPLICATE, REDELIVERY, DELAY, CONCURRENT");
    }
}
