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
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.util.backoff.FixedBackOff;

/** Records that only fail: attempts with a back-off that nobody waits for, and their end in a dead letter topic. */
class DeadLetterTests {

    /** Longer than a run may take. */
    private static final long BACK_OFF = 60_000;

    @TempDir
    Path kept;

    static class DeadLetters {

        private final boolean checked;

        DeadLetters(boolean checked) {
            this.checked = checked;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> recovering(
                ConcurrentKafkaListenerContainerFactory<String, String> ackEach, KafkaTemplate<String, String> kafka) {
            var recoverer = new DeadLetterPublishingRecoverer(
                    kafka, (dead, failure) -> new TopicPartition("dead-orders", dead.partition()));
            recoverer.setFailIfSendResultIsError(checked);
            ackEach.setCommonErrorHandler(new DefaultErrorHandler(recoverer, new FixedBackOff(BACK_OFF, 2)));
            return ackEach;
        }

        @Bean
        KafkaAdmin admin() {
            return new KafkaAdmin(Map.of("bootstrap.servers", System.getProperty("spring.kafka.bootstrap-servers")));
        }

        @Bean
        NewTopic deadOrders() {
            return new NewTopic("dead-orders", 1, (short) 1);
        }

        @Bean
        Clerk clerk(CreditService service) {
            return new Clerk(service);
        }
    }

    /** Right: a dead letter that could not be sent is sent again. */
    @Configuration
    static class Checked extends DeadLetters {

        Checked() {
            super(true);
        }
    }

    /** Wrong: nobody looks whether the dead letter was written. */
    @Configuration
    static class Unchecked extends DeadLetters {

        Unchecked() {
            super(false);
        }
    }

    /** Cannot handle what has no amount. */
    static class Clerk {

        private final CreditService service;

        Clerk(CreditService service) {
            this.service = service;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "recovering")
        public void on(ConsumerRecord<String, String> order) {
            if (!order.value().contains(":")) {
                throw new IllegalArgumentException("no amount");
            }
        }

        @KafkaListener(topics = "dead-orders", groupId = "clerks", containerFactory = "manual")
        public void dead(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            service.mail(order.key());
            acknowledgment.acknowledge();
        }
    }

    static class DeadLetterTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @FaultTest(faults = {Fault.SEND_FAILED, Fault.CRASH})
        void whatCannotBeHandledIsPutAside(Scenario scenario) {
            scenario.channel("orders").send("o-1", "nonsense");
            scenario.settle();
            assertThat(service.mailed()).containsExactly("o-1");
        }
    }

    /** Only the topic that the test sends to is named. */
    @SpringJUnitConfig({CreditService.Beans.class, Checked.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class CheckedTestCase extends DeadLetterTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Unchecked.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class UncheckedTestCase extends DeadLetterTestCase {}

    @Test
    void findsTheDeadLetterThatIsLost() {
        assertThat(Told.by(UncheckedTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:send_failed(credit<orders[k1]/send dead-orders)");
    }

    @Test
    void theOneThatIsSentAgainHolds() {
        assertThat(Told.by(CheckedTestCase.class, kept)).singleElement(STRING).startsWith("Holds under every schedule");
    }
}
