package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/**
 * Listeners that the proxy holds back until it is their turn: one whose thread has come waits for the run, and the run for nobody. Each of these runs would wait
 * {@code arrivalTimeout} for each turn, and end as hanging.
 */
class HeldListenersTests {

    @TempDir
    Path kept;

    @SpringJUnitConfig({CreditService.Beans.class, ChainAtOnceTests.Adding.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "payments")})
    @DirtiesContext
    static class HeldTestCase {

        @Autowired
        CreditService service;

        @FaultTest(
                faults = {Fault.DUPLICATE, Fault.DELAY},
                maxFaults = 1)
        void countsAll(Scenario scenario) {
            ChainAtOnceTests.CountingTestCase.counts(scenario, service);
        }
    }

    @Test
    void nobodyWaitsForAListenerThatWaitsForTheRun() {
        assertThat(Told.by(HeldTestCase.class, kept, "atleastonce.arrivalTimeout", "1m"))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault")
                .contains("tried: DUPLICATE, DELAY");
    }
}
