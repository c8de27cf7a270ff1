package io.github.atleastonce.examples.sqs;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The same test finds a worker that counts on a FIFO queue to deliver once. */
class FoundTests {

    @TempDir
    Path kept;

    static class ForgetfulTestCase extends StockTests {

        @Override
        boolean remembersOrders() {
            return false;
        }

        @Override
        @FaultTest(faults = CRASH, maxFaults = 1)
        void takesEachOrderFromStockOnce(Scenario scenario) throws SQLException {
            super.takesEachOrderFromStockOnce(scenario);
        }
    }

    @Test
    void aFifoQueueDeliversAgainWhatWasNotDeleted() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .configurationParameter("atleastonce.directory", kept.toString())
                        .selectors(selectClass(ForgetfulTestCase.class))
                        .execute()
                        .allEvents()
                        .reportingEntryPublished()
                        .map(event -> event.getRequiredPayload(ReportEntry.class)
                                .getKeyValuePairs()
                                .get("atleastonce")))
                .first()
                .asString()
                .contains("✗ CRASH after update stock", "expected: 5", "but was: 2");
    }
}
