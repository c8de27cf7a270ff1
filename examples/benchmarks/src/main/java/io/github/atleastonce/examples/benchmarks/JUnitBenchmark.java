package io.github.atleastonce.examples.benchmarks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.scenario.Scenario;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Measures invocations a second under the JUnit Launcher: a fault test that handles three messages under every schedule with up
 * to two faults, beside an empty repeated test. Both run in one JVM and in turns, so that what disturbs one disturbs the other.
 */
public final class JUnitBenchmark {

    private static final int ROUNDS = 15;
    private static final int WARM_UP = 5;
    private static final long ROUND_NANOS = 1_000_000_000L;

    private JUnitBenchmark() {}

    /**
     * Prints the medians and their ratio.
     *
     * @param args none
     */
    public static void main(String[] args) {
        // Without the lines for people and their file, which come once a class: hundreds of them a second would be
        // measured, too.
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
        double[] faults = new double[ROUNDS];
        double[] empty = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double first = rate(launcher, ThreeMessages.class);
            double second = rate(launcher, Nothing.class);
            if (round >= 0) {
                faults[round] = first;
                empty[round] = second;
                ratios[round] = first / second;
            }
        }
        Row.print(
                "`@AtLeastOnceTest` under the Launcher, 3 messages, ≤ 2 faults",
                Row.perSecond(Row.median(faults), "invocations"),
                "empty `@RepeatedTest`: " + Row.perSecond(Row.median(empty), "invocations"),
                Row.ratio(Row.median(ratios)));
    }

    private static double rate(Launcher launcher, Class<?> test) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(test))
                .build();
        Counter counter = new Counter();
        long began = System.nanoTime();
        long end = began;
        while (end - began < ROUND_NANOS) {
            launcher.execute(request, counter);
            end = System.nanoTime();
        }
        return counter.invocations * 1e9 / (end - began);
    }

    private static final class Counter implements TestExecutionListener {

        private long invocations;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                throw new IllegalStateException(test.getDisplayName() + ": " + result);
            }
            if (test.isTest()) {
                invocations++;
            }
        }
    }

    static final class ThreeMessages {

        record Deposit(String id, int amount) {}

        private final Set<String> seen = new HashSet<>();
        private int total;

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            scenario.service("ledger", life -> {
                life.subscribe("deposits", Deposit.class, deposit -> {
                    if (seen.add(deposit.id())) {
                        total += deposit.amount();
                    }
                    life.step("commit");
                });
                return this;
            });
            for (int i = 1; i <= 3; i++) {
                scenario.channel("deposits").send("a-1", new Deposit("d-" + i, i));
            }
            scenario.settle();
            if (total != 6) {
                throw new AssertionError("The total is " + total + ".");
            }
        }
    }

    static final class Nothing {

        @RepeatedTest(325)
        void isDone() {}
    }
}
