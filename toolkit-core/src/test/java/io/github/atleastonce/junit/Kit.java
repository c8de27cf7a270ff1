package io.github.atleastonce.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs fixtures through the JUnit Platform, and tells what its tree of tests then shows. */
public final class Kit {

    /** Misused fixtures are meant to be misused; JUnit need not say so on the screen of everybody who builds. */
    private static final Logger ISSUES = Logger.getLogger("org.junit.platform.launcher.core.DiscoveryIssueNotifier");

    static {
        ISSUES.setLevel(Level.SEVERE);
    }

    private final EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter");

    private final Map<String, String> properties = new LinkedHashMap<>();

    private Kit() {}

    /** Selects a fixture; failing schedules are kept in a directory of this very run. */
    public static Kit select(Class<?> fixture, Path kept) {
        return select(selectClass(fixture), kept);
    }

    public static Kit select(DiscoverySelector selector, Path kept) {
        Kit kit = new Kit();
        kit.builder.selectors(selector).configurationParameter("atleastonce.directory", kept.toString());
        return kit;
    }

    public Kit with(String parameter, String value) {
        builder.configurationParameter(parameter, value);
        return this;
    }

    /** Sets a system property while the fixture runs. */
    public Kit withProperty(String name, String value) {
        properties.put(name, value);
        return this;
    }

    public Shown run() {
        properties.forEach(System::setProperty);
        try {
            return new Shown(builder.execute());
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    /** An invocation as the tree of tests shows it. */
    public record Line(String name, Status status, Throwable thrown) {

        public String message() {
            return thrown == null ? "" : String.valueOf(thrown.getMessage());
        }

        @Override
        public String toString() {
            return status + " " + name;
        }
    }

    public record Shown(EngineExecutionResults results) {

        public List<Line> lines() {
            List<Line> lines = new ArrayList<>();
            results.allEvents()
                    .finished()
                    .filter(event -> event.getTestDescriptor().isTest())
                    .forEach(event -> lines.add(line(event)));
            return lines;
        }

        public List<Status> statuses() {
            return lines().stream().map(Line::status).toList();
        }

        public Line last() {
            List<Line> lines = lines();
            return lines.get(lines.size() - 1);
        }

        public List<String> names() {
            return lines().stream().map(Line::name).toList();
        }

        /** What containers failed with: a test that was refused as a whole. */
        public List<String> refusals() {
            return results.containerEvents()
                    .failed()
                    .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                            .getThrowable()
                            .map(Throwable::getMessage)
                            .orElse(""))
                    .toList();
        }

        /** What was published about the fixture, in order. */
        public List<String> entries() {
            return results.allEvents()
                    .reportingEntryPublished()
                    .map(event -> event.getRequiredPayload(ReportEntry.class)
                            .getKeyValuePairs()
                            .get("atleastonce"))
                    .toList();
        }

        private static Line line(Event event) {
            TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
            return new Line(
                    event.getTestDescriptor().getDisplayName(),
                    result.getStatus(),
                    result.getThrowable().orElse(null));
        }
    }
}
