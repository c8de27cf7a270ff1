package io.github.atleastonce.examples.customersandorders;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The same body finds customers whose service forgets what it has released: an order that comes once more is reserved, though it was cancelled. */
class FoundTests {

    @TempDir
    Path kept;

    static class ForgetfulTestCase {

        private static final Databases DATABASES = Databases.h2();

        @FaultTest(
                faults = {DUPLICATE, CRASH},
                maxFaults = 1)
        void eachOrderEndsOnce(Scenario scenario) {
            OrderProcess.body(scenario, DATABASES, Customers.Memory.FORGETS_RELEASED);
        }
    }

    @Test
    void aForgetfulServiceIsFoundOut() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .configurationParameter("atleastonce.directory", kept.toString())
                        .selectors(selectClass(ForgetfulTestCase.class))
                        .execute()
                        .allEvents()
                        .reportingEntryPublished()
                        .map(event -> event.getRequiredPayload(ReportEntry.class)
                                .getKeyValuePairs()
                                .get("atleastonce")))
                .singleElement()
                .asString()
                .contains("Fails under 1 fault")
                .contains("DUPLICATE: OrderCreated(o-1)")
                .contains("Saga 'o-1' has ended in OrderCancelled, and yet its step 'credit' stays done");
    }
}
