package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    abstract static class CountingTestCase {

        @Autowired
        CreditService service;

        @FaultTest(
                faults = {Fault.DUPLICATE, Fault.DELAY},
                maxFaults = 1)
        void countsAll(Scenario scenario) {
            ChainAtOnceTests.CountingTestCase.counts(scenario, service);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, ChainAtOnceTests.Adding.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "payments")})
    @DirtiesContext
    static class HeldTestCase extends CountingTestCase {}

    /** There is something in both partitions at the same time: a poll holds it all. */
    @SpringJUnitConfig({CreditService.Beans.class, ChainAtOnceTests.Adding.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "payments", partitions = 2)})
    @DirtiesContext
    static class HeldPartitionsTestCase extends CountingTestCase {}

    @ParameterizedTest
    @ValueSource(classes = {HeldTestCase.class, HeldPartitionsTestCase.class})
    void nobodyWaitsForAListenerThatWaitsForTheRun(Class<?> fixture) {
        assertThat(Told.by(fixture, kept, "atleastonce.arrivalTimeout", "1m"))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault")
                .contains("tried: DUPLICATE, DELAY");
    }
}
