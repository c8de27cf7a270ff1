package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.HashSet;
import java.util.Set;

/** Two deliveries of the same order at once, in memory, to a handler that reads and then writes. The same body as that of Lincheck beside it. */
public final class Race {

    private static final Bounds EVERY = Bounds.DEFAULT.withMaxFaults(1).withEveryInterleaving();
    private static final ScenarioRunner RUNNER =
            ScenarioRunner.of(Fault.CONCURRENT).within(EVERY);

    private record Order(String id, int amount) {}

    /** What outlives a process. */
    private static final class Database {

        private final Set<String> known = new HashSet<>();
        private int credit = 100;
    }

    private Race() {}

    /**
     * Prints the milliseconds from the start of the JVM to the first failure.
     *
     * @param arguments "first", and when the JVM was asked for, in milliseconds since the epoch
     */
    public static void main(String[] arguments) {
        firstFailure();
        System.out.println(System.currentTimeMillis() - Long.parseLong(arguments[1]));
        System.exit(0);
    }

    /** Explores the race until it is found, and returns how many schedules that took. */
    static long firstFailure() {
        Outcome outcome = RUNNER.explore(scenario -> body(scenario, false));
        if (outcome instanceof Outcome.Failed failed && failed.effort() instanceof Effort.Searched searched) {
            return searched.smaller() + searched.runs();
        }
        throw new IllegalStateException("The race should be found, but: " + outcome);
    }

    /** Explores every interleaving of the sound twin, and returns how many there are. */
    static long everySchedule() {
        Outcome outcome = RUNNER.explore(scenario -> body(scenario, true));
        if (outcome instanceof Outcome.Passed passed) {
            return passed.claim().runs();
        }
        throw new IllegalStateException("The body should hold, but: " + outcome);
    }

    private static void body(Scenario scenario, boolean atOnce) {
        Database database = new Database();
        scenario.service("customers", life -> {
            life.subscribe("orders", Order.class, order -> {
                if (atOnce) {
                    life.step("insert and update", () -> {
                        if (database.known.add(order.id())) {
                            database.credit -= order.amount();
                        }
                    });
                } else if (!life.step("select", () -> database.known.contains(order.id()))) {
                    life.step("insert", () -> {
                        database.known.add(order.id());
                    });
                    life.step("update", () -> {
                        database.credit -= order.amount();
                    });
                }
            });
            return database;
        });
        scenario.channel("orders").send("o-1", new Order("o-1", 30));
        scenario.settle();
        if (database.credit != 70) {
            throw new AssertionError("The credit is " + database.credit + ".");
        }
    }
}
