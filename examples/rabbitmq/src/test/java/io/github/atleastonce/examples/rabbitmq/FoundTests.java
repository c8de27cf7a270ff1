package io.github.atleastonce.examples.rabbitmq;

import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertThat(Told.storyOf(kept, ForgetfulTestCase.class, "reservesCreditOnce"))
                .contains("DUPLICATE: ")
                .contains("expected: 70")
                .contains("but was: 40");
    }

    @Test
    void aMessageThatIsAcknowledgedBeforeTheListenerIsFoundOut() {
        assertThat(Told.storyOf(kept, AcknowledgingTestCase.class, "reservesCreditOnce"))
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
        assertThat(Told.failuresOf(kept, NeverAcknowledgingTestCase.class, "noAcknowledgementIsLost"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("none of [REDELIVERY] had a place to happen");
    }

    @Test
    void whatIsAcknowledgedAlreadyIsNotRejected() {
        assertThat(Told.failuresOf(kept, NeverAcknowledgingTestCase.class, "whatFailsIsGone"))
                .isEmpty();
    }
}
