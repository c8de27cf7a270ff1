package io.github.atleastonce.examples.tablequeue;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The same test finds what is wrong in each of the others. */
class FoundTests {

    @TempDir
    Path kept;

    static class UnlockedTestCase extends PackingTests {

        @Override
        Packing packing(DataSource db) {
            return new UnlockedPacking(db);
        }
    }

    static class DeletingTestCase extends PackingTests {

        @Override
        Packing packing(DataSource db) {
            return new DeletingPacking(db);
        }

        @Override
        @FaultTest(faults = CRASH, maxFaults = 1)
        void packsEachOrderOnce(Scenario scenario) throws SQLException {
            super.packsEachOrderOnce(scenario);
        }
    }

    @Test
    void twoInstancesThatSeeTheSameRowAreFoundOut() {
        assertThat(storyOf(UnlockedTestCase.class))
                .contains("CONCURRENT")
                .contains("expected: 8")
                .contains("but was: 7");
    }

    @Test
    void aRowThatIsDeletedBeforeItsWorkIsDoneIsFoundOut() {
        assertThat(storyOf(DeletingTestCase.class))
                .contains("✗ CRASH after delete task")
                .contains("expected: 8")
                .contains("but was: 9");
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
