package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.DltHandler;
import org.springframework.kafka.annotation.EnableKafkaRetryTopic;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Retry topics, which no test names, with a delay that nobody waits for. */
class RetryTopicTests {

    @TempDir
    Path kept;

    @Configuration
    @EnableKafkaRetryTopic
    static class Beans {

        @Bean
        KafkaAdmin admin() {
            return new KafkaAdmin(Map.of("bootstrap.servers", System.getProperty("spring.kafka.bootstrap-servers")));
        }

        @Bean
        TaskScheduler scheduler() {
            return new ThreadPoolTaskScheduler();
        }
    }

    /** Sets the limit of a customer to what an order says, which only grows. */
    static class Limits {

        private final JdbcTemplate jdbc;
        private final CreditService service;
        private final String update;

        Limits(JdbcTemplate jdbc, CreditService service, String update) {
            this.jdbc = jdbc;
            this.service = service;
            this.update = update;
        }

        @RetryableTopic(attempts = "3", backOff = @BackOff(delay = 60_000), kafkaTemplate = "kafka")
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            String[] parts = order.value().split(":");
            if (parts.length < 2) {
                throw new IllegalArgumentException("no amount");
            }
            int limit = Integer.parseInt(parts[1]);
            jdbc.update(update, limit, parts[0], limit);
        }

        @DltHandler
        public void dead(ConsumerRecord<String, String> order) {
            service.mail(order.key());
        }
    }

    /** Wrong: what comes late, since it was tried again, overwrites what came after it. */
    @Configuration
    static class Overwriting {

        @Bean
        Limits limits(JdbcTemplate jdbc, CreditService service) {
            return new Limits(jdbc, service, "UPDATE credit SET amount = ? WHERE customer = ? AND ? > 0");
        }
    }

    /** Right: an older limit changes nothing. */
    @Configuration
    static class Growing {

        @Bean
        Limits limits(JdbcTemplate jdbc, CreditService service) {
            return new Limits(jdbc, service, "UPDATE credit SET amount = ? WHERE customer = ? AND ? > amount");
        }
    }

    static class LimitTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @FaultTest(faults = {Fault.CONNECTION_LOST, Fault.CRASH})
        void theLastLimitCounts(Scenario scenario) {
            scenario.channel("orders").send("alice", "alice:110");
            scenario.channel("orders").send("alice", "alice:120");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(120);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Beans.class, Overwriting.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class OverwritingTestCase extends LimitTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Beans.class, Growing.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class GrowingTestCase extends LimitTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Beans.class, Growing.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class HopelessTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @FaultTest(faults = Fault.CRASH)
        void whatCannotBeHandledIsPutAside(Scenario scenario) {
            scenario.channel("orders").send("o-1", "nonsense");
            scenario.settle();
            assertThat(service.mailed()).containsExactly("o-1");
        }
    }

    @Test
    void findsWhatIsOverwrittenByARetry() {
        assertThat(Told.by(OverwritingTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("✗ CONNECTION_LOST");
    }

    @Test
    void theOneThatLooksAtWhatItHasHolds() {
        assertThat(Told.by(GrowingTestCase.class, kept)).singleElement(STRING).startsWith("Holds under every schedule");
    }

    @Test
    void whatEndsInTheDeadLetterTopicHasEnded() {
        assertThat(Told.by(HopelessTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule");
    }
}
