package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** What the test sends and what the application sends lie in the order in which they were written, and are read in one order. */
class SendOrderTests {

    @TempDir
    Path kept;

    @SpringJUnitConfig(CreditService.Beans.class)
    @KafkaBroker(topics = @Topic(name = "mails"))
    @DirtiesContext
    static class InOrderTestCase {

        @Autowired
        KafkaTemplate<String, String> kafka;

        @FaultTest(faults = Fault.CRASH)
        void arriveInOrder(Scenario scenario) {
            List<String> seen = new ArrayList<>();
            scenario.consumer("shop", "mails", String.class, mail -> {
                if (!seen.contains(mail)) {
                    seen.add(mail);
                }
            });
            scenario.channel("mails").send("k", "1");
            kafka.send("mails", "k", "2").join();
            scenario.channel("mails").send("k", "3");
            kafka.send("mails", "k", "4").join();
            scenario.settle();
            assertThat(seen).containsExactly("1", "2", "3", "4");
        }
    }

    static class DownstreamTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @FaultTest(faults = Fault.CRASH)
        void everyOrderIsTold(Scenario scenario) {
            Set<String> told = new HashSet<>();
            scenario.consumer("shop", "mails", String.class, told::add);
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:20");
            scenario.settle();
            assertThat(told).containsExactlyInAnyOrder("alice:30", "alice:20");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.TellingOnce.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class TellingOnceTestCase extends DownstreamTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.TellingForSure.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class TellingForSureTestCase extends DownstreamTestCase {}

    @Test
    void theTestsAndTheApplicationsSendsKeepTheirOrder() {
        assertThat(Told.by(InOrderTestCase.class, kept)).singleElement(STRING).startsWith("Holds under every schedule");
    }

    @Test
    void whatIsNotToldDownstreamIsFound() {
        assertThat(Told.by(TellingOnceTestCase.class, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("1:crash(credit<orders[k1]/commit)");
    }

    @Test
    void whatIsToldDownstreamHolds() {
        assertThat(Told.by(TellingForSureTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule");
    }
}
