package io.github.atleastonce.examples.benchmarks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Measures a settled schedule of a Spring listener on the embedded broker and PostgreSQL: two messages, and a transaction with two statements for each. */
public final class SpringBenchmark {

    /** What the two orders leave of the credit. */
    static final int LEFT = CreditApplication.CREDIT - 30;

    private static final String WHAT = "a Spring listener on embedded Kafka and PostgreSQL, 2 messages, ";
    private static final int TESTS = 400;
    private static final int RESTARTS = 40;

    private SpringBenchmark() {}

    /**
     * Prints the medians, without and with a crash.
     *
     * @param arguments none
     * @throws ExecutionException if the broker cannot be asked
     * @throws InterruptedException if interrupted meanwhile
     */
    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        // That containers stop is no news here.
        System.setProperty("log4j2.simplelogLevel", "OFF");
        double still;
        double restarted;
        try (SpringByHand byHand = new SpringByHand()) {
            still = median(byHand.measure(TESTS, false));
            restarted = median(byHand.measure(RESTARTS, true));
        }
        Durations durations = new Durations();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Orders.class))
                                .build(),
                        durations);
        if (!durations.failures.isEmpty()) {
            throw new IllegalStateException("All should hold, but: " + durations.failures.get(0));
        }
        print("without a crash", median(durations.without), "sent by hand, until all is committed", still);
        print(
                "with one",
                median(durations.with),
                "by hand, with a stop and a start of the container between them",
                restarted);
    }

    /** The first half warms up. */
    private static double median(List<Double> millis) {
        return Row.median(millis.stream()
                .skip(millis.size() / 2)
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private static void print(String which, double millis, String beside, double byHand) {
        Row.print(
                WHAT + which,
                String.format(Locale.ROOT, "%.0f ms a schedule", millis),
                String.format(Locale.ROOT, "%s: %.0f ms", beside, byHand),
                Row.ratio(millis / byHand));
    }

    /** How long each schedule took, by whether it has a crash. */
    private static final class Durations implements TestExecutionListener {

        private static final double MILLIS = 1e6;

        final List<Double> without = new ArrayList<>();
        final List<Double> with = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        private long began;

        @Override
        public void executionStarted(TestIdentifier test) {
            began = System.nanoTime();
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                failures.add(test.getDisplayName() + ": " + result);
            } else if (test.isTest()) {
                double millis = (System.nanoTime() - began) / MILLIS;
                (test.getDisplayName().contains("crash") ? with : without).add(millis);
            }
        }
    }

    @KafkaBroker(topics = @Topic(name = CreditApplication.TOPIC, partitions = 1))
    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = CreditApplication.class)
    @ParameterizedClass
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25})
    static final class Orders {

        @Parameter
        private int round;

        @Autowired
        private JdbcTemplate jdbc;

        @FaultTest(
                faults = {Fault.DUPLICATE, Fault.REDELIVERY, Fault.CRASH},
                maxFaults = 1)
        void areHandledOnce(Scenario scenario) {
            scenario.reset(() -> CreditApplication.reset(jdbc));
            scenario.channel(CreditApplication.TOPIC).send("o-1", "10");
            scenario.channel(CreditApplication.TOPIC).send("o-2", "20");
            scenario.settle();
            CreditApplication.check(jdbc, LEFT);
        }
    }
}
