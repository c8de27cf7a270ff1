package io.github.atleastonce.examples.credit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs fixtures by the test kit. */
public final class Stories {

    private Stories() {}

    /** Returns how each fault test of a class ended. */
    public static List<String> of(Class<?> fixture, Path kept) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectClass(fixture))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"))
                .toList();
    }
}
