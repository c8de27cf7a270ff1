import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import static java.util.stream.Collectors.toList;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/** Runs the tests of a module once, in an order that the seed alone decides. */
final class Round {
    public static void main(String... arguments) throws Exception {
        String seed = arguments[0];
        String[] left = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(testClasses(Path.of("target/test-classes")).stream().map(name -> selectClass(name)).collect(toList()))
                .filters(TagFilter.excludeTags(left))
                .configurationParameters(Map.of(
                        "junit.jupiter.testclass.order.default", "org.junit.jupiter.api.ClassOrderer$Random",
                        "junit.jupiter.testmethod.order.default", "org.junit.jupiter.api.MethodOrderer$Random",
                        "junit.jupiter.execution.order.random.seed", seed))
                .build();
        var listener = new SummaryGeneratingListener();
        var clock = new Clock();
        long start = System.nanoTime();
        LauncherFactory.create().execute(request, listener, clock);
        var summary = listener.getSummary();
        boolean good = summary.getTotalFailureCount() == 0 && summary.getTestsStartedCount() > 0;
        clock.print();
        System.out.printf("round with seed %s: %d tests, %d failed, %d aborted, %d s%n", seed, summary.getTestsStartedCount(),
                summary.getTotalFailureCount(), summary.getTestsAbortedCount(), (System.nanoTime() - start) / 1_000_000_000);
        if (!good) summary.printFailuresTo(new PrintWriter(System.out, true), 40);
        System.exit(good ? 0 : 1);
    }

    /** Tells which classes of a round took longest. */
    private static final class Clock implements TestExecutionListener {
        private final Map<String, Long> starts = new ConcurrentHashMap<>();
        private final Map<String, Long> spent = new ConcurrentHashMap<>();

        @Override
        public void executionStarted(TestIdentifier test) {
            starts.put(test.getUniqueId(), System.nanoTime());
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.getSource().orElse(null) instanceof ClassSource source && !test.isTest()
                    && !source.getClassName().contains("$")) {
                spent.put(source.getClassName(), System.nanoTime() - starts.get(test.getUniqueId()));
            }
        }

        void print() {
            spent.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(30)
                    .forEach(entry -> System.out.printf("slow: %d ms %s%n", entry.getValue() / 1_000_000, entry.getKey()));
        }
    }

    private static List<String> testClasses(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.matches("[^$]*Tests?\\.class"))
                    .map(name -> name.replace('/', '.').replaceFirst("\\.class$", ""))
                    .sorted()
                    .collect(toList());
        }
    }
}
