package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;

/** Runs the tests of the faulty and of the fixed service as a build would, and shows what their author reads. */
class QuickstartTests {

    /** Failures are kept and tried first the next time; this test wants to see the whole way each time. */
    @TempDir
    Path kept;

    @Test
    void findsTheDoubleReservationAndAcceptsItsCure() throws IOException {
        System.out.println(
                "\nA real Kafka and a real PostgreSQL start now; the tests of two services take about half a minute.");
        Report naive = run(NaiveReservationTestCase.class);
        Report idempotent = run(IdempotentReservationTestCase.class);

        show("A consumer that reserves credit whenever an order arrives", String.join("\n", naive.failures()));
        show("The same consumer, idempotent", idempotent.lastPassed());

        assertThat(naive.failures())
                .singleElement()
                .asString()
                .contains("Fails under 1 fault", "1:duplicate(orders[k1])");
        assertThat(readme()).contains(naive.failures().get(0)).contains(idempotent.lastPassed());
        assertThat(idempotent.failures()).isEmpty();
        assertThat(idempotent.lastPassed()).startsWith("holds under every schedule with ≤ 2 faults");
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("..", "..", "README.md"));
    }

    private static void show(String title, String text) {
        System.out.println();
        System.out.println("── " + title + " " + "─".repeat(Math.max(3, 90 - title.length())));
        System.out.println();
        System.out.println(text);
    }

    private Report run(Class<?> tests) {
        Report report = new Report();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter("atleastonce.directory", kept.toString())
                .build();
        LauncherFactory.create().execute(request, report);
        return report;
    }

    /** What a build sees of a test class: its failures, and the names of what passed. */
    private static final class Report implements TestExecutionListener {

        private final List<String> failures = new ArrayList<>();
        private final List<String> passed = new ArrayList<>();

        List<String> failures() {
            return failures;
        }

        String lastPassed() {
            return passed.get(passed.size() - 1);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                Throwable failure = result.getThrowable().orElseThrow();
                failures.add(failure instanceof AssertionFailedError ? failure.getMessage() : failure.toString());
            } else if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                passed.add(test.getDisplayName());
            }
        }
    }
}
