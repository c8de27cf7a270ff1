package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.annotation.Transactional;

/** Brokers that are away, and that lose a record, while the application's listeners send and commit. */
class BrokerUnavailableTests {

    @TempDir
    Path kept;

    static class ForwardingTestCase {

        @Autowired
        CreditService service;

        @Autowired
        JdbcTemplate jdbc;

        @BeforeEach
        void reset() {
            service.reset();
        }

        void forwards(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.settle();
            assertThat(service.mailed()).isEqualTo(service.placed());
            assertThat(jdbc.queryForObject("SELECT count(*) FROM mailed", Integer.class))
                    .isLessThanOrEqualTo(1);
        }
    }

    /** Wrong: tries again, and does not let the broker know that it is the same record. */
    @Configuration
    static class Repeating {

        @Bean
        KafkaTemplate<String, String> kafka() {
            return template(System.getProperty("spring.kafka.bootstrap-servers"));
        }

        static KafkaTemplate<String, String> template(String servers) {
            return new KafkaTemplate<>(factory(servers));
        }

        static DefaultKafkaProducerFactory<String, String> factory(String servers) {
            Map<String, Object> settings = Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    servers,
                    ProducerConfig.LINGER_MS_CONFIG,
                    0,
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    false);
            return new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new StringSerializer());
        }
    }

    @SpringJUnitConfig({
        CreditService.Beans.class,
        CreditService.Mailing.class,
        CreditService.TellingForSure.class,
        Repeating.class
    })
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class RepeatingTestCase extends ForwardingTestCase {

        @FaultTest(faults = Fault.BROKER_UNAVAILABLE)
        void tellsOnce(Scenario scenario) {
            forwards(scenario);
            assertThat(service.credit("alice")).isEqualTo(70);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, CreditService.TellingForSure.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class IdempotentTestCase extends ForwardingTestCase {

        @FaultTest(faults = Fault.BROKER_UNAVAILABLE)
        void tellsOnce(Scenario scenario) {
            forwards(scenario);
            assertThat(service.credit("alice")).isEqualTo(70);
        }
    }

    /** It takes longer to stop and start three brokers one after another than a listener may take by itself. */
    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, CreditService.TellingForSure.class})
    @KafkaBroker(
            topics = {@Topic(name = "orders"), @Topic(name = "mails")},
            brokers = 3)
    @DirtiesContext
    static class RollingTestCase extends ForwardingTestCase {

        @FaultTest(faults = Fault.BROKER_UNAVAILABLE, bounds = "settleTimeout=5s")
        void tellsOnce(Scenario scenario) {
            forwards(scenario);
            assertThat(service.credit("alice")).isEqualTo(70);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, CreditService.TellingForSure.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class LossTestCase extends ForwardingTestCase {

        @FaultTest(faults = Fault.DROP)
        void tellsInAnyCase(Scenario scenario) {
            forwards(scenario);
        }
    }

    /** Right: what was lost is asked for again. */
    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, CreditService.TellingForSure.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class AskingAgainTestCase extends ForwardingTestCase {

        @FaultTest(faults = Fault.DROP)
        void tellsInTheEnd(Scenario scenario) {
            for (int day = 1; day <= 2; day++) {
                scenario.channel("orders").send("o-1", "alice:30");
                scenario.settle();
            }
            assertThat(service.credit("alice")).isEqualTo(70);
            assertThat(service.mailed()).containsExactly("o-1");
        }
    }

    /** No factory of the context has made its producer. */
    static class Unmanaged {

        private final CreditService service;

        Unmanaged(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            if (service.isFirst(order.key())) {
                service.reserve(order.value());
            }
            try (var producer = Repeating.factory(System.getProperty("spring.kafka.bootstrap-servers"))
                    .createProducer()) {
                producer.send(new ProducerRecord<>("mails", order.key(), order.value()));
            }
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Unmanaged.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class UnmanagedTestCase {

        @Autowired
        CreditService service;

        @FaultTest(faults = Fault.DROP)
        void reserves(Scenario scenario) {
            service.reset();
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:30");
            scenario.settle();
            assertThat(service.credit("alice")).isLessThan(100);
        }
    }

    @Test
    void saysWhatIsNotLost() {
        assertThat(Told.by(UnmanagedTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (3 runs)")
                .contains(
                        "what is sent in a transaction, or by a producer that no factory has made, while a listener of the"
                                + " application is at work meets no DROP");
    }

    /** Its producer knows the broker's own address. */
    @Configuration
    static class PassingBy {

        @Bean
        Broker other() {
            return Broker.start(name -> Optional.empty());
        }

        @Bean
        KafkaTemplate<String, String> kafka(Broker other) {
            other.createTopics(Map.of("mails", 1));
            return Repeating.template(other.bootstrapServers());
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.TellingForSure.class, PassingBy.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class PassingByTestCase {

        @Autowired
        CreditService service;

        @FaultTest(faults = Fault.DROP)
        void reserves(Scenario scenario) {
            service.reset();
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.settle();
            assertThat(service.credit("alice")).isIn(70, 100);
        }
    }

    @Test
    void findsAProducerThatSendsAgainWhatWasWritten() {
        assertThat(Told.by(RepeatingTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:broker_unavailable(credit<orders[k1]/send mails)");
    }

    @Test
    void passesAProducerThatIsIdempotent() {
        assertThat(Told.by(IdempotentTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault (7 runs)")
                .doesNotContain("meets no");
    }

    @Test
    @Tag("long")
    void blamesNoListenerForTheTimeOfARollingRestart() {
        assertThat(Told.by(RollingTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault");
    }

    @Test
    void findsWhoTrustsThatNothingIsLost() {
        assertThat(Told.by(LossTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:drop(credit<orders[k1]/send mails)");
    }

    @Test
    void passesWhoIsAskedAgain() {
        assertThat(Told.by(AskingAgainTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault");
    }

    @Test
    void refusesAProducerThatDoesNotComeByTheProxy() {
        assertThat(Told.by(PassingByTestCase.class, kept))
                .singleElement(STRING)
                .contains("BROKER_UNAVAILABLE and DROP want clients that come by the proxy, but the one that sends to"
                        + " 'mails' does not: give it the address that @KafkaBroker sets, or leave them out.");
    }
}
