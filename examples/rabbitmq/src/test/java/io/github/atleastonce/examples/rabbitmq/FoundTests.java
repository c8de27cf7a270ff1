package io.github.atleastonce.examples.rabbitmq;

import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The same test finds what is wrong in a listener that forgets, and in one property. */
class FoundTests {

    @TempDir
    Path kept;

    @TestPropertySource(properties = "credit.remember-orders=false")
    @DirtiesContext
    static class ForgetfulTestCase extends CreditTests {}

    /** The server then takes a message for handled as soon as it is delivered. */
    @TestPropertySource(properties = "spring.rabbitmq.listener.simple.acknowledge-mode=none")
    @DirtiesContext
    static class AcknowledgingTestCase extends CreditTests {}

    @Test
    void aListenerThatForgetsIsFoundOut() {
        assertThat(storyOf(ForgetfulTestCase.class))
                .contains("DUPLICATE: ")
                .contains("expected: 70")
                .contains("but was: 40");
    }

    @Test
    void aMessageThatIsAcknowledgedBeforeTheListenerIsFoundOut() {
        assertThat(storyOf(AcknowledgingTestCase.class))
                .contains("✗ CRASH after acknowledge\n")
                .contains("1:crash(credit<orders[k1]/acknowledge)")
                .contains("expected: 70")
                .contains("but was: 100");
    }

    /** What the server takes for handled as it delivers has no acknowledgement that could be lost. */
    @TestPropertySource(
            properties = {
                "spring.rabbitmq.listener.simple.acknowledge-mode=none",
                "spring.rabbitmq.listener.simple.default-requeue-rejected=false"
            })
    @DirtiesContext
    static class NeverAcknowledgingTestCase extends CreditTests {

        @FaultTest(faults = REDELIVERY)
        void noAcknowledgementIsLost(Scenario scenario) {
            reservesCreditOnce(scenario);
        }

        @FaultTest(faults = DUPLICATE)
        void whatFailsIsGone(Scenario scenario) {
            scenario.channel("orders").send("o-1", "o-1 of c-1, 30 please");
            scenario.channel("orders").send("o-2", "o-2:c-1:20");

            scenario.settle();

            assertThat(credit()).isEqualTo(80);
        }
    }

    @Test
    void noAcknowledgementIsLostWhereThereIsNone() {
        assertThat(failuresOf(NeverAcknowledgingTestCase.class, "noAcknowledgementIsLost"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("none of [REDELIVERY] had a place to happen");
    }

    @Test
    void whatIsAcknowledgedAlreadyIsNotRejected() {
        assertThat(failuresOf(NeverAcknowledgingTestCase.class, "whatFailsIsGone"))
                .isEmpty();
    }

    @TestPropertySource(properties = "spring.rabbitmq.listener.simple.acknowledge-mode=manual")
    @DirtiesContext
    static class ByHandTestCase extends CreditTests {}

    @DirtiesContext
    static class BatchesTestCase extends CreditTests {

        @TestConfiguration
        static class Batching {

            @Bean
            static SimpleRabbitListenerContainerFactory batches(ConnectionFactory connections) {
                SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
                factory.setConnectionFactory(connections);
                factory.setConsumerBatchEnabled(true);
                factory.setBatchListener(true);
                return factory;
            }

            @RabbitListener(queues = "orders", containerFactory = "batches")
            void on(List<String> orders) {
                throw new IllegalStateException("Nothing is to come here, but " + orders + " did.");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ByHandTestCase.class, BatchesTestCase.class})
    void listenersThatAreNotFollowedAreNamed(Class<?> tests) {
        assertThat(failuresOf(tests, "reservesCreditOnce"))
                .first(InstanceOfAssertFactories.STRING)
                .contains("The listeners of [orders] acknowledge by hand or take batches, and are not followed");
    }

    private List<String> failuresOf(Class<?> tests, String method) {
        Events finished = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectMethod(tests, method, Scenario.class.getName()))
                .execute()
                .testEvents()
                .finished();
        assertThat(finished.count()).isPositive();
        return finished.map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .map(failure -> String.valueOf(failure.getMessage()))
                .toList();
    }

    private String storyOf(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectMethod(tests, method(tests)))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"))
                .findFirst()
                .orElseThrow();
    }

    private static java.lang.reflect.Method method(Class<?> tests) {
        try {
            return CreditTests.class.getDeclaredMethod("reservesCreditOnce", Scenario.class);
        } catch (NoSuchMethodException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
