package io.github.atleastonce.vacuous;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a fixture as a build tool does, and takes down what its author would see. */
final class Launched implements TestExecutionListener {

    private static final int CAUSES = 5;

    /** Misused fixtures are meant to be misused; JUnit says so on what is taken down, and not on the screen of everybody who builds. */
    private static final Logger ISSUES = Logger.getLogger("org.junit.platform.launcher.core.DiscoveryIssueNotifier");

    static {
        ISSUES.setUseParentHandlers(false);
        ISSUES.addHandler(new Issues());
    }

    private static final class Issues extends Handler {

        @Override
        public void publish(LogRecord issue) {
            System.err.println(issue.getMessage());
        }

        @Override
        public void flush() {
            // Each line is flushed.
        }

        @Override
        public void close() {
            // The stream is not its own.
        }
    }

    private final Map<String, Notes> notes = new HashMap<>();

    private record Notes(List<String> passed, List<String> aborted, List<String> failed, List<String> entries) {

        Notes() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private Launched() {}

    static List<Seen> run(List<Way> ways) {
        try {
            Path directory = Files.createTempDirectory("vacuous");
            try {
                return new Launched().run(ways, directory);
            } finally {
                delete(directory);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<Seen> run(List<Way> ways, Path directory) throws IOException {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("atleastonce.directory", directory.toString());
        for (Way way : ways) {
            request.selectors(selector(way)).configurationParameters(way.parameters());
        }
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream taken = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(taken);
        System.setErr(taken);
        try {
            LauncherFactory.create().execute(request.build(), this);
        } catch (VirtualMachineError broken) {
            // A JVM in which this has happened for real would be lost: what is known then stands in the files.
            taken.println(broken);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        String printed = console.toString(StandardCharsets.UTF_8);
        List<String> files = contents(directory);
        List<Seen> seen = new ArrayList<>();
        for (Way way : ways) {
            Notes of = notes.getOrDefault(way.fixture().getName(), new Notes());
            seen.add(new Seen(of.passed(), of.aborted(), of.failed(), of.entries(), printed, files));
        }
        return seen;
    }

    private static DiscoverySelector selector(Way way) {
        Class<?> fixture = way.fixture();
        if (way.method() == null) {
            return DiscoverySelectors.selectClass(fixture);
        }
        Method method = Arrays.stream(fixture.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(way.method()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(fixture + " has no method " + way.method()));
        return DiscoverySelectors.selectMethod(fixture, method);
    }

    /** Returns the notes on the class that a test or container belongs to; those on the engine are looked at by nobody. */
    private Notes of(TestIdentifier test) {
        String fixture = test.getUniqueIdObject().getSegments().stream()
                .filter(segment -> segment.getType().equals("class"))
                .map(UniqueId.Segment::getValue)
                .findFirst()
                .orElse("");
        return notes.computeIfAbsent(fixture, any -> new Notes());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String name = test.getDisplayName();
        switch (result.getStatus()) {
            case SUCCESSFUL -> of(test).passed().add(name);
            case ABORTED -> of(test).aborted().add(name + ": " + messages(result));
            default -> of(test).failed().add(name + ": " + messages(result));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        of(test).aborted().add(test.getDisplayName() + ": " + reason);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        of(test).entries().addAll(entry.getKeyValuePairs().values());
    }

    private static String messages(TestExecutionResult result) {
        StringBuilder messages = new StringBuilder();
        Throwable thrown = result.getThrowable().orElse(null);
        for (int depth = 0; thrown != null && depth < CAUSES; depth++) {
            messages.append(thrown).append('\n');
            thrown = thrown.getCause();
        }
        return messages.toString();
    }

    private static List<String> contents(Path directory) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.add(file.getFileName() + ": " + Files.readString(file));
            }
        }
        return contents;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
