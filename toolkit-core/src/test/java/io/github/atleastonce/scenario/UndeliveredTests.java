package io.github.atleastonce.scenario;

import static io.github.atleastonce.scenario.Explored.claim;
import static io.github.atleastonce.scenario.Explored.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One run in which nothing is delivered: a body that passes it checks nothing. */
class UndeliveredTests {

    private static final ScenarioRunner RUNNER =
            ScenarioRunner.of(Fault.DUPLICATE, Fault.CRASH).within(Bounds.DEFAULT.withMaxFaults(1));
    private static final String UNNOTICED = "The body passes even when nothing is delivered";

    private static Set<String> shop(Scenario scenario) {
        Set<String> booked = new HashSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> life.step("insert", () -> booked.add(order)));
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        return booked;
    }

    @Test
    void aBodyThatAssertsNothingIsFoundOut() {
        assertThat(reason(RUNNER.explore(scenario -> {
                    shop(scenario);
                    scenario.settle();
                })))
                .startsWith(UNNOTICED);
    }

    @Test
    void aBodyThatAssertsIsLeftAlone() {
        assertThat(claim(RUNNER.explore(scenario -> {
                    Set<String> booked = shop(scenario);
                    scenario.settle();
                    assertThat(booked).containsExactly("o-1");
                })))
                .startsWith("holds under every schedule with ≤ 1 fault");
    }

    /** Whatever it throws, it has noticed. */
    @Test
    void aBodyMayFallOverWhatIsNotThere() {
        List<Integer> runs = new ArrayList<>();
        assertThat(claim(RUNNER.explore(scenario -> {
                    Set<String> booked = shop(scenario);
                    scenario.settle();
                    booked.iterator().next();
                    runs.add(1);
                })))
                .startsWith("holds");
        assertThat(runs).hasSizeGreaterThan(3);
        assertThat(claim(RUNNER.explore(scenario -> {
                    Set<String> booked = shop(scenario);
                    scenario.settle();
                    org.assertj.core.api.Assumptions.assumeThat(booked).isNotEmpty();
                })))
                .startsWith("holds");
    }

    @Test
    void aReasonLetsItPassAndStandsInTheClaim() {
        Outcome outcome = RUNNER.mayPassUndelivered("an order is never booked twice")
                .explore(scenario -> {
                    Set<String> booked = shop(scenario);
                    scenario.settle();
                    assertThat(booked).hasSizeLessThanOrEqualTo(1);
                });
        assertThat(((Outcome.Passed) outcome).claim().toString())
                .endsWith("; may pass undelivered: an order is never booked twice");
        assertThatThrownBy(() -> RUNNER.mayPassUndelivered(" "))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("mayPassUndelivered wants the reason");
    }

    /** After an attempt only relations may be asserted, which may hold when nothing was done. */
    @Test
    void aBodyThatAttemptsIsLeftAlone() {
        assertThat(claim(ScenarioRunner.of(Fault.CRASH).explore(scenario -> {
                    List<String> rows = new ArrayList<>();
                    List<String> audited = new ArrayList<>();
                    scenario.consumer("audit", "placed", String.class, audited::add);
                    var orders = scenario.service("orders", life -> life);
                    scenario.attempt(orders, life -> {
                        life.step("insert", () -> rows.add("o-1"));
                        life.send("placed", "o-1");
                    });
                    scenario.settle();
                    assertThat(rows.containsAll(audited)).isTrue();
                })))
                .startsWith("holds");
    }

    /** What a service does by itself may be all that a test looks at, so none of it happens either. */
    @Test
    void pollersAndTimersAreStill() {
        List<String> seen = new ArrayList<>();
        ScenarioRunner.Body body = scenario -> {
            Set<String> marked = new HashSet<>();
            Set<String> expired = new HashSet<>();
            scenario.consumer("audit", "relayed", String.class, order -> {});
            scenario.service("relay", life -> {
                life.poll("outbox", () -> {
                    if (marked.add("o-1")) {
                        life.send("relayed", "o-1", "o-1");
                        return true;
                    }
                    return false;
                });
                life.after(Duration.ofMinutes(1), () -> expired.add("o-1"));
                return life;
            });
            scenario.settle();
            scenario.elapse(Duration.ofMinutes(2));
            seen.add(marked + " " + expired + " "
                    + scenario.history().of(Event.Delivered.class).count());
            assertThat(marked).isNotEmpty();
        };
        assertThat(claim(ScenarioRunner.of(Fault.DUPLICATE)
                        .within(Bounds.DEFAULT.withMaxFaults(1))
                        .explore(body)))
                .startsWith("holds");
        assertThat(seen.get(0)).isEqualTo("[o-1] [o-1] 1");
        assertThat(seen).contains("[] [] 0").last().isEqualTo("[o-1] [o-1] 1");
    }

    /** What a body clears at its own end stays where it is cut short; the run after that says so. */
    @Test
    void whatStaysOfTheRunIsNotBlamedOnTheService() {
        Set<String> table = new HashSet<>();
        assertThat(reason(RUNNER.explore(scenario -> {
                    assertThat(table.add("customer")).as("duplicate key").isTrue();
                    Set<String> booked = shop(scenario);
                    scenario.settle();
                    assertThat(booked).isNotEmpty();
                    table.clear();
                })))
                .contains("the run before it, in which nothing was delivered, ended where the body noticed that")
                .contains("duplicate key");
    }
}
