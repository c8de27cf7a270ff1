package io.github.atleastonce.examples.rabbitmq;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.batch.SimpleBatchingStrategy;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.BatchingRabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Listeners that take several messages together, and messages in which a producer has put several. */
class BatchTests {

    @TempDir
    Path kept;

    private static SimpleRabbitListenerContainerFactory batches(ConnectionFactory connections) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        factory.setConnectionFactory(connections);
        factory.setConsumerBatchEnabled(true);
        factory.setBatchListener(true);
        factory.setBatchSize(2);
        return factory;
    }

    /** Reserves credit for all orders of a batch, each in a transaction of its own. */
    @TestConfiguration
    static class TakingBatches {

        private final OrderListener orders;
        private final List<Integer> sizes = new ArrayList<>();

        TakingBatches(OrderListener orders) {
            this.orders = orders;
        }

        @Bean
        static SimpleRabbitListenerContainerFactory batches(ConnectionFactory connections) {
            return BatchTests.batches(connections);
        }

        @RabbitListener(queues = "bulk", containerFactory = "batches")
        void on(List<String> some) {
            sizes.add(some.size());
            some.forEach(orders::on);
        }
    }

    @Import(TakingBatches.class)
    @DirtiesContext
    static class RememberingTestCase extends CreditTests {

        @Autowired
        TakingBatches listening;

        @BeforeEach
        void forgetSizes() {
            listening.sizes.clear();
        }

        @FaultTest(
                faults = {DUPLICATE, REDELIVERY, CRASH},
                maxFaults = 1)
        void reservesForABatch(Scenario scenario) {
            scenario.channel("bulk").send("o-1", "o-1:c-1:30");
            scenario.channel("bulk").send("o-2", "o-2:c-1:20");
            scenario.channel("bulk").send("o-3", "o-3:c-1:10");

            scenario.settle();

            assertThat(credit()).isEqualTo(40);
            assertThat(listening.sizes).contains(2).allMatch(size -> size <= 2);
        }
    }

    @Test
    void whoRemembersEachOrderOfABatchPasses() {
        assertThat(Told.storyOf(kept, RememberingTestCase.class, "reservesForABatch"))
                .startsWith("Holds under every schedule with ≤ 1 fault")
                .contains("tried: DUPLICATE, REDELIVERY, CRASH");
    }

    @Test
    void aBatchThatIsHalfDoneIsFoundOut() {
        assertThat(Told.storyOf(kept, ForgettingCrashTestCase.class, "diesWithinABatch"))
                .contains("✗ CRASH after commit")
                .contains("1:crash(credit<bulk[k1]/commit)")
                .contains("expected: 50")
                .contains("but was: 20");
    }

    @TestPropertySource(properties = "credit.remember-orders=false")
    @DirtiesContext
    static class ForgettingCrashTestCase extends RememberingTestCase {

        @FaultTest(faults = CRASH, maxFaults = 1)
        void diesWithinABatch(Scenario scenario) {
            scenario.channel("bulk").send("o-1", "o-1:c-1:30");
            scenario.channel("bulk").send("o-2", "o-2:c-1:20");

            scenario.settle();

            assertThat(credit()).isEqualTo(50);
        }
    }

    /** The application puts two orders into one message of the server. */
    @TestConfiguration
    static class Batching {

        private final OrderListener orders;

        Batching(OrderListener orders) {
            this.orders = orders;
        }

        @Bean
        static ThreadPoolTaskScheduler flushing() {
            return new ThreadPoolTaskScheduler();
        }

        @Bean
        static BatchingRabbitTemplate batching(ConnectionFactory connections, ThreadPoolTaskScheduler flushing) {
            var strategy = new SimpleBatchingStrategy(2, 10_000, 60_000);
            return new BatchingRabbitTemplate(connections, strategy, flushing);
        }

        @RabbitListener(queues = "bulk")
        void on(String order) {
            orders.on(order);
        }
    }

    @Import(Batching.class)
    @DirtiesContext
    static class ProducedTestCase extends CreditTests {

        @Autowired
        BatchingRabbitTemplate batching;

        @FaultTest(
                faults = {REDELIVERY, CRASH},
                maxFaults = 1)
        void reservesForWhatAProducerPutTogether(Scenario scenario) {
            batching.convertAndSend("", "bulk", "o-1:c-1:30");
            batching.convertAndSend("", "bulk", "o-2:c-1:20");

            scenario.settle();

            assertThat(credit()).isEqualTo(50);
        }
    }

    @TestPropertySource(properties = "credit.remember-orders=false")
    @DirtiesContext
    static class ProducedAndForgottenTestCase extends ProducedTestCase {}

    @Test
    void whatAProducerPutTogetherIsAcknowledgedTogether() {
        assertThat(Told.storyOf(kept, ProducedTestCase.class, "reservesForWhatAProducerPutTogether"))
                .startsWith("Holds under every schedule with ≤ 1 fault")
                .contains("tried: REDELIVERY, CRASH");
        assertThat(Told.storyOf(kept, ProducedAndForgottenTestCase.class, "reservesForWhatAProducerPutTogether"))
                .contains("Fails under 1 fault.")
                .contains("expected: 50");
    }

    @DirtiesContext
    static class BatchesByHandTestCase extends CreditTests {

        @TestConfiguration
        static class Listening {

            @Bean
            static SimpleRabbitListenerContainerFactory batches(ConnectionFactory connections) {
                SimpleRabbitListenerContainerFactory factory = BatchTests.batches(connections);
                factory.setAcknowledgeMode(AcknowledgeMode.MANUAL);
                return factory;
            }

            @RabbitListener(queues = "bulk", containerFactory = "batches")
            void on(List<String> orders) {
                throw new IllegalStateException("Nothing is to come here, but " + orders + " did.");
            }
        }
    }

    @Test
    void batchesThatAreAcknowledgedByHandAreRefused() {
        assertThat(Told.failuresOf(kept, BatchesByHandTestCase.class, "reservesCreditOnce"))
                .first(InstanceOfAssertFactories.STRING)
                .contains("The listeners of [bulk] take batches and acknowledge by hand, and are not followed");
    }
}
