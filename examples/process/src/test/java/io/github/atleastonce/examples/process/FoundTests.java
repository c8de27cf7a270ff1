package io.github.atleastonce.examples.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The same test finds what is wrong in a service that does not remember what it has done. */
@EnabledIf("io.github.atleastonce.examples.process.Node#isInstalled")
class FoundTests {

    static class ForgetfulTestCase extends CreditTests {

        @Override
        boolean remembersOrders() {
            return false;
        }
    }

    @TempDir
    Path kept;

    @Test
    void aForgetfulServiceIsFoundOut() {
        List<String> stories = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectClass(ForgetfulTestCase.class))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"))
                .toList();

        assertThat(stories)
                .singleElement()
                .asString()
                .contains("✗ CRASH after commit")
                .contains("1:crash(credit<orders[k1]/commit)");
    }
}
