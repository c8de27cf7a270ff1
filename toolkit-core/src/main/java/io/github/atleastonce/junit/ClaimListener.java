package io.github.atleastonce.junit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Shows what each fault test has claimed, whatever the build tool does with display names: a line for each at the end of its class,
 * one for all at the end, and the file {@code report.json}. The launcher finds it by itself. Thread-safe.
 */
@API(status = API.Status.INTERNAL)
public final class ClaimListener implements TestExecutionListener {

    private final Map<String, TreeMap<String, Map<String, String>>> open = new TreeMap<>();
    private final List<Map<String, String>> results = new ArrayList<>();
    private final Map<String, Map<String, String>> all = new LinkedHashMap<>();
    private final Pipeline pipeline;
    private @Nullable TestPlan plan;

    /** Creates the listener; the launcher does. */
    public ClaimListener() {
        this(Pipeline.present());
    }

    ClaimListener(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        open.clear();
        results.clear();
        all.clear();
        KnownNames.unknown(testPlan.getConfigurationParameters().keySet())
                .ifPresent(name -> Console.line(KnownNames.sentence("configuration parameter", name)));
    }

    @Override
    public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        Map<String, String> entries = entry.getKeyValuePairs();
        if (entries.containsKey(Result.OUTCOME)) {
            results.add(entries);
            open.computeIfAbsent(container(test), none -> new TreeMap<>()).put(method(test), entries);
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier container, TestExecutionResult result) {
        TreeMap<String, Map<String, String>> methods = open.remove(container.getUniqueId());
        if (methods == null) {
            return;
        }
        methods.forEach((test, entries) -> {
            String testClass = test.substring(0, test.indexOf('#'));
            String method = test.substring(test.indexOf('#') + 1);
            KeptResult kept = new KeptResult(testClass, method, entries);
            Console.line(ClaimLines.of(kept));
            pipeline.lines(kept.shortName(), entries).forEach(Console::forPipeline);
            all.put(kept.name(), entries);
            directory(entries).ifPresent(kept::write);
        });
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
        if (results.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(ClaimLines.total(results));
        results.stream()
                .flatMap(entries -> directory(entries).stream())
                .distinct()
                .map(BuildReport::write)
                .forEach(report -> text.append("; see ").append(ClaimLines.fromHere(report)));
        Console.line(text.toString());
        pipeline.summarize(all);
    }

    private static Optional<Path> directory(Map<String, String> entries) {
        return Optional.ofNullable(entries.get(Result.DIRECTORY)).map(Path::of);
    }

    /** The class that the method of a test belongs to, as the tree of tests has it. */
    private String container(TestIdentifier test) {
        TestPlan tests = plan;
        return tests == null
                ? test.getUniqueId()
                : tests.getParent(test).map(TestIdentifier::getUniqueId).orElse(test.getUniqueId());
    }

    private static String method(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(source -> source.getClassName() + "#" + source.getMethodName() + parameters(source))
                .orElse(test.getUniqueId() + "#" + test.getDisplayName());
    }

    /** Overloads are told apart; the usual parameter, a scenario, is left out. */
    private static String parameters(MethodSource source) {
        String types = source.getMethodParameterTypes();
        return types == null || types.isEmpty() || types.equals("io.github.atleastonce.scenario.Scenario")
                ? ""
                : "(" + types.replaceAll("[\\w.]+[.$](\\w+)", "$1") + ")";
    }
}
