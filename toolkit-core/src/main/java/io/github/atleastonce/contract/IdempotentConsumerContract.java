package io.github.atleastonce.contract;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.atleastonce.check.Effect;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds a consumer to what at-least-once delivery asks of it: whatever is delivered again, and wherever the process dies, each
 * message has its effect once. Extend it; the tests are inherited.
 *
 * <pre>{@code
 * class CustomersTests extends IdempotentConsumerContract {
 *     protected void consumer(Scenario scenario) {
 *         scenario.reset(tables::clear);
 *         scenario.service("customers", life -> new Customers(life, life.dataSource(db)));
 *     }
 *     protected void messages(Scenario scenario) {
 *         scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
 *     }
 *     protected Object effect() {
 *         return tables.credits();
 *     }
 * }
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL)
public abstract class IdempotentConsumerContract {

    /** Creates the contract; for the test framework. */
    protected IdempotentConsumerContract() {}

    /**
     * Brings shared state back to its beginning, and boots the consumer.
     *
     * @param scenario the scenario of one run
     */
    protected abstract void consumer(Scenario scenario);

    /**
     * Sends the messages, each once.
     *
     * @param scenario the scenario of one run
     */
    protected abstract void messages(Scenario scenario);

    /**
     * Returns the state that the messages have changed, as a value that is equal in equal cases.
     *
     * @return for example the rows of a table
     */
    protected abstract Object effect();

    /**
     * Returns the faults that the consumer must stand.
     *
     * @return by default what happens on every transport that delivers at least once
     */
    protected Set<Fault> faults() {
        return EnumSet.of(Fault.DUPLICATE, Fault.REDELIVERY, Fault.CONCURRENT, Fault.CRASH, Fault.CONNECTION_LOST);
    }

    /**
     * Returns how far the schedules go.
     *
     * @return by default up to two faults
     */
    protected Bounds bounds() {
        return Bounds.DEFAULT;
    }

    /**
     * Makes the tests.
     *
     * @return a test for each fault, aborted if it has no place in this consumer, and one for all of them together
     */
    @TestFactory
    public final Stream<DynamicTest> contract() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Fault fault : faults()) {
            tests.add(dynamicTest("has its effect once under " + fault, () -> stands(EnumSet.of(fault))));
        }
        tests.add(dynamicTest("has its effect once under all of them", () -> stands(EnumSet.copyOf(faults()))));
        return tests.stream();
    }

    private void stands(Set<Fault> faults) {
        Fault[] all = faults.toArray(Fault[]::new);
        Outcome outcome = ScenarioRunner.of(all[0], all).within(bounds()).explore(scenario -> {
            consumer(scenario);
            messages(scenario);
            Effect.of(scenario, this::effect).assertThat().isAsWithoutFaults();
        });
        if (outcome instanceof Outcome.Failed failed) {
            if (faults.size() == 1
                    && failed.cause() instanceof UsageException usage
                    && String.valueOf(usage.getMessage()).startsWith("No fault point was met")) {
                Assumptions.abort("There is no place for " + faults + " in this consumer.");
            }
            throw new AssertionError(
                    "The consumer is not idempotent under " + failed.token() + ": "
                            + failed.cause().getMessage(),
                    failed.cause());
        }
        if (outcome instanceof Outcome.Inconclusive nothing) {
            throw new AssertionError("Nothing can be said of the consumer: " + nothing.reason());
        }
        if (!(outcome instanceof Outcome.Passed)) {
            throw new AssertionError("Nothing can be said of the consumer: " + outcome);
        }
    }
}
