package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.util.HashMap;
import java.util.Map;

/** Measures the plain runner in memory: three messages, one subscriber with one I/O step, every schedule with up to two faults. */
public final class InMemoryBenchmark {

    private static final int ROUNDS = 15;
    private static final int WARM_UP = 10;
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e6;

    private record Order(String id, int amount) {}

    private InMemoryBenchmark() {}

    /**
     * Prints the time of the first exploration in this JVM, then the rate of a warm one.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        ScenarioRunner runner = ScenarioRunner.of(Fault.DUPLICATE, Fault.REDELIVERY, Fault.CRASH);
        long began = System.nanoTime();
        long runs = explore(runner);
        double cold = (System.nanoTime() - began) / MILLIS;
        double[] rates = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double rate = rate(runner);
            if (round >= 0) {
                rates[round] = rate;
            }
        }
        Row.print("in memory, plain runner, warm", Row.perSecond(Row.median(rates), "schedules"));
        Row.print("in memory, plain runner, the first " + runs + " schedules of a cold JVM", Math.round(cold) + " ms");
    }

    private static double rate(ScenarioRunner runner) {
        long began = System.nanoTime();
        long end = began;
        long runs = 0;
        while (end - began < NANOS / 2) {
            runs += explore(runner);
            end = System.nanoTime();
        }
        return runs * NANOS / (end - began);
    }

    private static long explore(ScenarioRunner runner) {
        Outcome outcome = runner.explore(InMemoryBenchmark::body);
        if (outcome instanceof Outcome.Passed passed) {
            return passed.claim().runs();
        }
        throw new IllegalStateException("The body should hold, but: " + outcome);
    }

    private static void body(Scenario scenario) {
        Map<String, Integer> table = new HashMap<>();
        scenario.service("customers", life -> {
            life.subscribe(
                    "orders",
                    Order.class,
                    order -> life.step("commit", () -> {
                        table.put(order.id(), order.amount());
                    }));
            return table;
        });
        MessageChannel orders = scenario.channel("orders");
        orders.send("o-1", new Order("o-1", 10));
        orders.send("o-2", new Order("o-2", 20));
        orders.send("o-3", new Order("o-3", 30));
        scenario.settle();
        if (table.size() != 3) {
            throw new AssertionError("There are " + table.size() + " orders.");
        }
    }
}
