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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Listeners that hand their work over to other threads, and pollers that send: their work is part of the run. */
class OtherThreadsTests {

    @TempDir
    Path kept;

    static class OrderedTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        void order(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:20");
            scenario.settle();
        }
    }

    static class MailedTestCase extends OrderedTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void mailsEach(Scenario scenario) {
            order(scenario);
            assertThat(service.mailed()).contains("o-1", "o-2");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, OtherThreads.Beans.class, OtherThreads.Forgetting.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class ForgettingTestCase extends MailedTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, OtherThreads.Beans.class, OtherThreads.Waiting.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class WaitingTestCase extends MailedTestCase {}

    static class ReservedTestCase extends OrderedTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void reservesCreditOnce(Scenario scenario) {
            order(scenario);
            assertThat(service.credit("alice")).isEqualTo(50);
        }

        /** The container has paused what it is about to lose. */
        @FaultTest(faults = Fault.REBALANCE, maxFaults = 1)
        void reservesCreditOnceThoughItIsGivenAgain(Scenario scenario) {
            reservesCreditOnce(scenario);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, OtherThreads.Beans.class, OtherThreads.Promising.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class PromisingTestCase extends ReservedTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, OtherThreads.Beans.class, OtherThreads.PromisingOnce.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class PromisingOnceTestCase extends ReservedTestCase {}

    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class RelayedTestCase extends OrderedTestCase {

        @Autowired
        OtherThreads.Relaying relaying;

        @BeforeEach
        void clear() {
            relaying.clear();
        }

        @FaultTest(
                faults = {Fault.SEND_FAILED, Fault.CRASH},
                maxFaults = 1)
        void mailsEach(Scenario scenario) {
            order(scenario);
            assertThat(service.mailed()).contains("o-1", "o-2");
            assertThat(relaying.pending()).isEmpty();
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, OtherThreads.Beans.class, OtherThreads.Blindly.class})
    static class BlindlyTestCase extends RelayedTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, OtherThreads.Beans.class, OtherThreads.Looking.class})
    static class LookingTestCase extends RelayedTestCase {}

    @Test
    void findsWhatIsAcknowledgedBeforeItIsDone() {
        assertThat(Told.by(ForgettingTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:crash(credit<orders[k1]/commit offset)");
    }

    @Test
    void findsTheFutureThatDoesItAgain() {
        Map<String, String> told = Told.named(PromisingTestCase.class, kept);

        assertThat(told.values()).allSatisfy(story -> assertThat(story).contains("Fails under 1 fault."));
        assertThat(told.get("reservesCreditOnce")).contains("1:crash(credit<orders[k1].async/update credit)");
        assertThat(told.get("reservesCreditOnceThoughItIsGivenAgain")).contains("1:rebalance(credit<orders[k1]/fetch)");
    }

    @Test
    void findsWhatARelayForgets() {
        assertThat(Told.by(BlindlyTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:send_failed(application.Relaying.relay/send mails)");
    }

    @ParameterizedTest
    @ValueSource(classes = {WaitingTestCase.class, PromisingOnceTestCase.class, LookingTestCase.class})
    void twinsHold(Class<?> fixture) {
        assertThat(Told.by(fixture, kept))
                .isNotEmpty()
                .allSatisfy(claim -> assertThat(claim)
                        .startsWith("Holds under every schedule with ≤ 1 fault")
                        .doesNotContain("not followed"));
    }
}
