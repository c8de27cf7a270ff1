package io.github.atleastonce.examples.rabbitmq;

import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Listeners that acknowledge by hand: after their work, before it, or not at all when it fails. */
class ByHandTests {

    @TempDir
    Path kept;

    /** When a listener tells the server, and what. */
    enum Habit {
        /** Acknowledges what is done, and gives back what could not be done. */
        AFTER,
        /** Acknowledges first. */
        BEFORE,
        /** Acknowledges what is done, and lets nobody know what could not be done. */
        SILENT,
        /** Never. */
        NEVER
    }

    @TestConfiguration
    static class Listening {

        private final OrderListener orders;
        private final Habit habit;

        Listening(OrderListener orders, @Value("${habit}") Habit habit) {
            this.orders = orders;
            this.habit = habit;
        }

        @RabbitListener(queues = "bulk", ackMode = "MANUAL")
        void on(String order, Channel channel, @Header(AmqpHeaders.DELIVERY_TAG) long tag) throws IOException {
            try {
                if (habit == Habit.BEFORE) {
                    channel.basicAck(tag, false);
                }
                orders.on(order);
                if (habit == Habit.AFTER || habit == Habit.SILENT) {
                    channel.basicAck(tag, false);
                }
            } catch (RuntimeException failure) {
                if (habit == Habit.AFTER) {
                    channel.basicNack(tag, false, true);
                }
            }
        }
    }

    @Import(Listening.class)
    abstract static class ByHandTestCase extends CreditTests {

        @FaultTest(
                faults = {DUPLICATE, REDELIVERY, CRASH, CONNECTION_LOST},
                maxFaults = 1)
        void reservesByHand(Scenario scenario) {
            scenario.channel("bulk").send("o-1", "o-1:c-1:30");
            scenario.channel("bulk").send("o-2", "o-2:c-1:20");

            scenario.settle();

            assertThat(credit()).isEqualTo(50);
        }
    }

    @TestPropertySource(properties = "habit=after")
    @DirtiesContext
    static class AfterTestCase extends ByHandTestCase {}

    @Test
    void whoAcknowledgesAfterItsWorkPasses() {
        assertThat(Told.storyOf(kept, AfterTestCase.class, "reservesByHand"))
                .startsWith("Holds under every schedule with ≤ 1 fault")
                .contains("tried: DUPLICATE, REDELIVERY, CRASH, CONNECTION_LOST");
    }

    @TestPropertySource(properties = "habit=before")
    @DirtiesContext
    static class BeforeTestCase extends ByHandTestCase {}

    @Test
    void whoAcknowledgesBeforeItsWorkIsFoundOut() {
        assertThat(Told.storyOf(kept, BeforeTestCase.class, "reservesByHand"))
                .contains("✗ CRASH after acknowledge\n")
                .contains("1:crash(credit<bulk[k1]/acknowledge)")
                .contains("expected: 50")
                .contains("but was: 80");
    }

    @TestPropertySource(properties = "habit=silent")
    @DirtiesContext
    static class SilentTestCase extends ByHandTestCase {}

    @Test
    void whoLetsNobodyKnowOfAFailureIsFoundOut() {
        assertThat(Told.storyOf(kept, SilentTestCase.class, "reservesByHand"))
                .contains("✗ CONNECTION_LOST")
                .contains("1:connection_lost(credit<bulk[k1]/")
                .contains("expected: 50");
    }

    @TestPropertySource(properties = "habit=never")
    @DirtiesContext
    static class NeverTestCase extends ByHandTestCase {}

    /** Without any fault, too: the second message does not come. */
    @Test
    void whoNeverAcknowledgesIsFoundOut() {
        assertThat(Told.failuresOf(kept, NeverTestCase.class, "reservesByHand"))
                .first(InstanceOfAssertFactories.STRING)
                .contains("expected: 50")
                .contains("but was: 70");
    }
}
