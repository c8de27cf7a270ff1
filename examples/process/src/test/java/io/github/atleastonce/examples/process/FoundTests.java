package io.github.atleastonce.examples.process;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The same test finds what is wrong in a service that does not remember what it has done. */
@EnabledIf("io.github.atleastonce.examples.process.Scripts#runOnNode")
class FoundTests {

    static class HastyTestCase extends AnnouncingTests {

        @Override
        boolean marksFirst() {
            return true;
        }

        @Override
        @FaultTest(faults = CRASH, bounds = "settleTimeout=60s")
        void announcesEachOrderThatItHasStored(Scenario scenario) throws SQLException {
            super.announcesEachOrderThatItHasStored(scenario);
        }
    }

    static class DirectTestCase extends ShopTests {

        @Override
        boolean hasOutbox() {
            return false;
        }

        @Override
        @FaultTest(faults = CRASH, bounds = "settleTimeout=60s")
        void announcesEachOrderThatItHasStored(Scenario scenario) throws Exception {
            super.announcesEachOrderThatItHasStored(scenario);
        }
    }

    @TempDir
    Path kept;

    @Test
    void aServiceThatSendsAfterItsCommitIsFoundOut() {
        assertThat(Stories.of(DirectTestCase.class, kept))
                .singleElement()
                .satisfies(story ->
                        assertThat(story).contains("✗ CRASH after commit").contains("/commit)"));
    }

    @Test
    void aRelayThatMarksBeforeItHasSentIsFoundOut() {
        assertThat(Stories.of(HastyTestCase.class, kept))
                .singleElement()
                .satisfies(story -> assertThat(story)
                        .contains("✗ CRASH after update outbox")
                        .contains("1:crash(shop.select outbox/update outbox)"));
    }
}
