package io.github.atleastonce.examples.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What a fault test of a fixture tells. */
final class Told {

    private Told() {}

    /** Runs a test, and returns its failures. */
    static List<String> failuresOf(Path kept, Class<?> tests, String method) {
        Events finished = run(kept, tests, method).testEvents().finished();
        assertThat(finished.count()).isPositive();
        return finished.map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .map(failure -> String.valueOf(failure.getMessage()))
                .toList();
    }

    /** Runs a test, and returns its claim, or the story of its failure. */
    static String storyOf(Path kept, Class<?> tests, String method) {
        return run(kept, tests, method)
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"))
                .findFirst()
                .orElseThrow();
    }

    private static EngineExecutionResults run(Path kept, Class<?> tests, String method) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectMethod(tests, method, Scenario.class.getName()))
                .execute();
    }
}
