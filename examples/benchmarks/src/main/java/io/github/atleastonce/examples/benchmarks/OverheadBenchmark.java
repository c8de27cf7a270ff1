package io.github.atleastonce.examples.benchmarks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Measures what a fault test costs over an ordinary one where no fault is injected: the whole of a class with one method, found and
 * run by the Launcher, with {@code maxFaults = 0} beside {@code @Test}.
 */
public final class OverheadBenchmark {

    private static final int ROUNDS = 15;
    private static final int WARM_UP = 5;
    private static final int REPETITIONS = 300;
    private static final double MICROS = 1e3;

    private OverheadBenchmark() {}

    /**
     * Prints the medians and their ratio.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // Without the lines for people: thousands of them would be measured, too.
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
        double[] fault = new double[ROUNDS];
        double[] plain = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double first = micros(launcher, WithoutFaults.class);
            double second = micros(launcher, Plain.class);
            if (round >= 0) {
                fault[round] = first;
                plain[round] = second;
            }
        }
        double ours = Row.median(fault);
        double theirs = Row.median(plain);
        Row.print(
                "`@FaultTest(maxFaults = 0)`: a whole class with one empty method",
                String.format(Locale.ROOT, "%.0f µs", ours),
                String.format(Locale.ROOT, "`@Test`: %.0f µs", theirs),
                Row.ratio(ours / theirs));
    }

    private static double micros(Launcher launcher, Class<?> test) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(test))
                .configurationParameter("atleastonce.inconclusive", "abort")
                .build();
        TestExecutionListener strict = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    throw new IllegalStateException(identifier.getDisplayName() + ": " + result);
                }
            }
        };
        long began = System.nanoTime();
        for (int i = 0; i < REPETITIONS; i++) {
            launcher.execute(request, strict);
        }
        return (System.nanoTime() - began) / MICROS / REPETITIONS;
    }

    static final class WithoutFaults {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 0)
        void isDone(Scenario scenario) {}
    }

    static final class Plain {

        @Test
        void isDone() {}
    }
}
