package io.github.atleastonce.report;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.report.Customers.OrderCreated;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Stories of every other way in which an exploration ends. */
class EndingStoryTests {

    private static int handled(Scenario scenario) {
        int[] handled = new int[1];
        scenario.consumer("customers", "orders", OrderCreated.class, event -> handled[0]++);
        scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
        scenario.settle();
        return handled[0];
    }

    @Test
    void passed() {
        Golden.tells(
                "passed",
                ScenarioRunner.of(DUPLICATE, REDELIVERY, CRASH),
                scenario -> assertThat(handled(scenario)).isPositive());
    }

    @Test
    void replayPassed() {
        ScheduleToken token = ScheduleToken.parse("1:duplicate(orders[k1])");
        Golden.tells(
                "passed-replay",
                Story.of(ScenarioRunner.of(DUPLICATE)
                                .replay(
                                        token,
                                        scenario ->
                                                assertThat(handled(scenario)).isPositive()))
                        .text());
    }

    @Test
    void withoutAnyFault() {
        Golden.tells(
                "without-any-fault",
                ScenarioRunner.of(DUPLICATE),
                scenario -> assertThat(handled(scenario)).isEqualTo(2));
    }

    @Test
    void nobodySubscribes() {
        Golden.tells("nobody-subscribes", ScenarioRunner.of(DUPLICATE), scenario -> {
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
        });
    }

    @Test
    void replayOfTwoFaultsThatFailed() {
        ScheduleToken token = ScheduleToken.parse("1:duplicate(orders[k1])+redelivery(customers<orders[k1])");
        Golden.tells(
                "failed-replay",
                Story.of(ScenarioRunner.of(DUPLICATE, REDELIVERY)
                                .replay(
                                        token,
                                        scenario ->
                                                assertThat(handled(scenario)).isEqualTo(1)))
                        .text());
    }

    @Test
    void diverged() {
        ScheduleToken token = ScheduleToken.parse("1:crash(customers<orders[k7]/commit)");
        Golden.tells(
                "diverged",
                Story.of(ScenarioRunner.of(DUPLICATE, CRASH)
                                .replay(
                                        token,
                                        scenario ->
                                                assertThat(handled(scenario)).isPositive()))
                        .text());
    }

    @Test
    void flakyAndPassed() {
        AtomicInteger failures = new AtomicInteger();
        Golden.tells("flaky-passed", ScenarioRunner.of(DUPLICATE), scenario -> {
            if (handled(scenario) > 1 && failures.getAndIncrement() == 0) {
                assertThat(2).isEqualTo(1);
            }
        });
    }

    @Test
    void flakyAndDifferent() {
        AtomicInteger failures = new AtomicInteger();
        Golden.tells("flaky-different", ScenarioRunner.of(DUPLICATE), scenario -> {
            if (handled(scenario) > 1) {
                assertThat(failures.incrementAndGet()).as("failures so far").isZero();
            }
        });
    }

    /** What varies here is what a service sends, which a story can name. */
    @Test
    void flakyAndOnAnotherWay() {
        AtomicInteger failures = new AtomicInteger();
        Golden.tells("flaky-otherwise", ScenarioRunner.of(DUPLICATE), scenario -> {
            boolean failed = failures.get() > 0;
            scenario.consumer(
                    "archive",
                    "orders",
                    OrderCreated.class,
                    event -> scenario.channel("copies")
                            .send(event.order(), new OrderCreated(event.order(), "c-1", failed ? 20 : 30)));
            scenario.consumer("reader", "copies", OrderCreated.class, event -> {});
            if (handled(scenario) > 1 && failures.getAndIncrement() == 0) {
                assertThat(2).isEqualTo(1);
            }
        });
    }

    @Test
    void stoppedByMaxRuns() {
        Golden.tells(
                "stopped-by-max-runs",
                ScenarioRunner.of(DUPLICATE, REDELIVERY, CRASH).within(Bounds.DEFAULT.withMaxRuns(3)),
                scenario -> assertThat(handled(scenario)).isPositive());
    }

    @Test
    void noFaultsAllowed() {
        Golden.tells(
                "no-faults-allowed",
                ScenarioRunner.of(DUPLICATE).within(Bounds.DEFAULT.withMaxFaults(0)),
                scenario -> assertThat(handled(scenario)).isPositive());
    }

    @Test
    void leakedState() {
        AtomicInteger everHandled = new AtomicInteger();
        Golden.tells(
                "leaked-state",
                ScenarioRunner.of(DUPLICATE),
                scenario -> assertThat(everHandled.addAndGet(handled(scenario))).isEqualTo(1));
    }
}
