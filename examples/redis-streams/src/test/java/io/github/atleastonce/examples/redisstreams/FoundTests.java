package io.github.atleastonce.examples.redisstreams;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The same test finds a worker that never looks at what it was given before it died. */
@EnabledIf("io.github.atleastonce.examples.redisstreams.RedisServer#isInstalled")
class FoundTests {

    @TempDir
    Path kept;

    static class ForwardTestCase extends ReservationsTests {

        @Override
        boolean looksBack() {
            return false;
        }

        @Override
        @FaultTest(faults = CRASH, maxFaults = 1)
        void reservesCreditOnce(Scenario scenario) throws SQLException {
            super.reservesCreditOnce(scenario);
        }
    }

    @Test
    void whatIsPendingWhenAWorkerDiesIsMissed() {
        assertThat(storyOf(ForwardTestCase.class))
                .contains("✗ CRASH after insert reservation")
                .contains("but was: 80");
    }

    private String storyOf(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectClass(tests))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"))
                .findFirst()
                .orElseThrow();
    }
}
