package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.util.backoff.FixedBackOff;

/** A listener that gets no further than to one record: the run ends, the log stays small, and the next test begins as if nothing had been. */
class LoopTests {

    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getThrowableProxy() != null) {
                errors.add(event.getLoggerName() + " " + event.getFormattedMessage());
            }
        }
    };

    @TempDir
    Path kept;

    /** Tries again as often as it is told. */
    static class Retrying {

        private final long retries;

        Retrying(long retries) {
            this.retries = retries;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> retrying(
                ConcurrentKafkaListenerContainerFactory<String, String> ackEach) {
            ackEach.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(1_000, retries)));
            return ackEach;
        }

        @Bean
        Reader reader(CreditService service) {
            return new Reader(service);
        }
    }

    /** Wrong: for ever. */
    @Configuration
    static class Endless extends Retrying {

        Endless() {
            super(FixedBackOff.UNLIMITED_ATTEMPTS);
        }
    }

    /** Right: until it gives up. */
    @Configuration
    static class Bounded extends Retrying {

        Bounded() {
            super(5);
        }
    }

    /** Cannot handle what has no amount. */
    static class Reader {

        private final CreditService service;

        Reader(CreditService service) {
            this.service = service;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "retrying")
        public void on(ConsumerRecord<String, String> order) {
            if (!order.value().contains(":")) {
                throw new IllegalArgumentException("no amount");
            }
            service.mail(order.key());
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class LoopTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @Order(1)
        @FaultTest(faults = Fault.POISON, bounds = "settleTimeout=4s")
        void meetsWhatCannotBeHandled(Scenario scenario) {
            mailsEach(scenario);
        }

        @Order(2)
        @FaultTest(faults = Fault.CRASH)
        void goesOn(Scenario scenario) {
            mailsEach(scenario);
        }

        private void mailsEach(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:20");
            scenario.settle();
            assertThat(service.mailed()).containsExactly("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Endless.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class EndlessTestCase extends LoopTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Bounded.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class BoundedTestCase extends LoopTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, BatchService.Beans.class, BatchService.Unwatched.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class UnreadableTestCase extends LoopTestCase {}

    @BeforeEach
    void listen() {
        root.setLevel(Level.INFO);
        appender.setContext(logging);
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(appender);
        root.setLevel(Level.OFF);
    }

    @Test
    void aLoopEndsTheRunAndNothingElse() {
        List<String> told = Told.by(EndlessTestCase.class, kept);

        assertThat(told).hasSize(2);
        assertThat(told.get(0))
                .contains("Fails under 1 fault.")
                .contains(
                        "The listener of group 'credit' has tried again and again for most of settleTimeout = PT4S to handle")
                .contains("1:poison(orders[k1])");
        assertThat(told.get(1)).startsWith("Holds under every schedule with ≤ 1 fault");
    }

    /** Of each try to read what cannot be read Spring logs a stack trace; here one for each run: the one that failed, and the one that confirmed it. */
    @Test
    void theLogTellsOfALoopOnce() {
        assertThat(Told.by(UnreadableTestCase.class, kept)).first(STRING).contains("Fails under 1 fault.");

        assertThat(errors).hasSize(2);
    }

    @Test
    void whatIsGivenUpIsNoLoop() {
        assertThat(Told.by(BoundedTestCase.class, kept))
                .hasSize(2)
                .allSatisfy(claim -> assertThat(claim).startsWith("Holds under every schedule with ≤ 1 fault"));
    }
}
