package io.github.atleastonce.examples.customersandorders.boot;

import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The same test finds relays that take a row for sent before the broker has acknowledged it. */
class ShopFoundTests {

    @TempDir
    Path kept;

    @TestPropertySource(properties = "shop.wait-for-acknowledgement=false")
    @DirtiesContext
    static class HastyTestCase extends ShopTests {

        @Override
        @FaultTest(faults = SEND_FAILED, maxFaults = 1)
        void eachOrderEndsOnceWhateverIsSent(Scenario scenario) {
            super.eachOrderEndsOnceWhateverIsSent(scenario);
        }

        @Override
        @Disabled("the other one is enough")
        void eachOrderEndsOnceWheneverTheApplicationDies(Scenario scenario) {}
    }

    @Test
    void aHastyRelayIsFoundOut() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .configurationParameter("atleastonce.directory", kept.toString())
                        .selectors(selectClass(HastyTestCase.class))
                        .execute()
                        .allEvents()
                        .reportingEntryPublished()
                        .map(event -> event.getRequiredPayload(ReportEntry.class)
                                .getKeyValuePairs()
                                .get("atleastonce")))
                .singleElement()
                .asString()
                .contains("Fails under 1 fault", "1:send_failed(");
    }
}
