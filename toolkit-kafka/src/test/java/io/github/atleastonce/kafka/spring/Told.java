package io.github.atleastonce.kafka.spring;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What the fault tests of a fixture tell. */
public final class Told {

    private Told() {}

    /** Runs a fixture, and returns the claim or the story of each of its tests, in order. */
    public static List<String> by(Class<?> fixture, Path kept) {
        return reports(fixture, kept, Map.of()).map(Told::text).toList();
    }

    /** Does so with a property set. */
    static List<String> by(Class<?> fixture, Path kept, String property, String value) {
        return reports(fixture, kept, Map.of(property, value)).map(Told::text).toList();
    }

    /** Runs a fixture, and returns the claim or the story of each of its tests by the name of its method. */
    static Map<String, String> named(Class<?> fixture, Path kept) {
        Map<String, String> told = new TreeMap<>();
        reports(fixture, kept, Map.of())
                .forEach(event -> told.put(
                        event.getTestDescriptor().getUniqueId().toString().replaceAll(".*template:(\\w+).*", "$1"),
                        text(event)));
        return told;
    }

    /** Runs a fixture, and returns what its tests have failed with. */
    public static List<String> failures(Class<?> fixture, Path kept) {
        return events(fixture, kept, Map.of()).failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .toString())
                .toList();
    }

    private static Stream<Event> reports(Class<?> fixture, Path kept, Map<String, String> properties) {
        return events(fixture, kept, properties).reportingEntryPublished().stream();
    }

    private static Events events(Class<?> fixture, Path kept, Map<String, String> properties) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .configurationParameters(properties)
                .selectors(selectClass(fixture))
                .execute()
                .allEvents();
    }

    private static String text(Event event) {
        return event.getRequiredPayload(ReportEntry.class).getKeyValuePairs().getOrDefault("atleastonce", "");
    }
}
