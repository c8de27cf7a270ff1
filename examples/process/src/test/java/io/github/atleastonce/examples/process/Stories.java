package io.github.atleastonce.examples.process;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What is told of tests that are run to fail. */
final class Stories {

    private Stories() {}

    /** Runs the tests of a class, which keep what they keep in a directory, and returns what is told of each. */
    static List<String> of(Class<?> tests, Path kept) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectClass(tests))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"))
                .toList();
    }
}
