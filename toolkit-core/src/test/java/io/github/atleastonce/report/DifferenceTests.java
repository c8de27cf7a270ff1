package io.github.atleastonce.report;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DROP;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.report.Customers.OrderCreated;
import io.github.atleastonce.report.Difference.Line;
import io.github.atleastonce.report.Difference.Side;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DifferenceTests {

    @Test
    void equalRunsShowNone() {
        // Keys that differ in each run, as generated ids do.
        Outcome.Failed one =
                failed(DUPLICATE, scenario -> books(scenario, UUID.randomUUID().toString(), 1));
        Outcome.Failed other =
                failed(DUPLICATE, scenario -> books(scenario, UUID.randomUUID().toString(), 1));

        Difference difference = Difference.of(tale(faultFree(one)), tale(faultFree(other)));

        assertThat(difference.first()).isEmpty();
        assertThat(difference.lines()).isNotEmpty().noneMatch(Line::differs);
        assertThat(Parting.of(difference)).isEqualTo("Row by row this run did the same as the one without faults.");
    }

    @Test
    void whatComesTwiceComesHereOnly() {
        Difference difference = of(failed(DUPLICATE, scenario -> books(scenario, "o-1", 2)));

        assertThat(sides(difference)).containsExactly(Side.BOTH, Side.BOTH, Side.BOTH, Side.HERE, Side.BOTH);
        assertThat(Parting.of(difference))
                .isEqualTo(
                        "The first difference is row 3, which comes under the fault only: OrderCreated(o-1) → shop (book) DUPLICATE.");
    }

    @Test
    void whatIsCutOffGoesOtherwise() {
        Difference difference = of(failed(CRASH, scenario -> {
            List<String> state = new ArrayList<>();
            scenario.service("shop", life -> {
                life.subscribe("orders", OrderCreated.class, order -> {
                    life.step("pay", () -> state.add("paid"));
                    life.step("book", () -> state.add("booked"));
                });
                return life;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 1));
            scenario.settle();
            assertThat(state).containsExactly("paid", "booked");
        }));

        assertThat(sides(difference)).containsExactly(Side.BOTH, Side.OTHERWISE, Side.THERE, Side.BOTH, Side.HERE);
        assertThat(Parting.of(difference))
                .isEqualTo(
                        "The first difference is in row 1: under the fault OrderCreated(o-1) → shop (pay); without it "
                                + "OrderCreated(o-1) → shop (pay; book).");
    }

    @Test
    void whatNeverComesComesThereOnly() {
        Difference difference = of(failed(DROP, scenario -> books(scenario, "o-1", 2)));

        assertThat(sides(difference)).containsExactly(Side.BOTH, Side.OTHERWISE, Side.THERE, Side.THERE, Side.BOTH);
    }

    /** When it is seen what a group has consumed is chance. */
    @Test
    void addsUpWhatWasConsumed() {
        History inTwo = consumed(1, 2);
        History inOne = consumed(3);

        assertThat(Difference.of(tale(inTwo), tale(inOne)).first()).isEmpty();
        assertThat(Difference.of(tale(inTwo), tale(consumed(2))).first())
                .map(Line::row)
                .contains(new Row.Consumed("credit", "orders", 2));
        assertThat(sides(Difference.of(tale(consumed()), tale(consumed(2))))).containsExactly(Side.THERE);
        assertThat(sides(Difference.of(tale(consumed(2)), tale(consumed())))).containsExactly(Side.HERE);
    }

    @Test
    void comparesLongRunsAsAWhole() {
        History many = new History(new Caveats());
        History others = new History(new Caveats());
        for (int i = 0; i < 2_100; i++) {
            many.add(new WorkEvent.TimerFired("shop" + i));
            others.add(new WorkEvent.TimerFired("billing" + i));
        }

        assertThat(sides(Difference.of(tale(many), tale(others))))
                .hasSize(4_200)
                .containsOnly(Side.THERE, Side.HERE);
    }

    private static History consumed(long... records) {
        History history = new History(new Caveats());
        for (long some : records) {
            history.add(new Event.Consumed("credit", "orders", some));
        }
        return history;
    }

    private static void books(Scenario scenario, String key, int orders) {
        List<String> booked = new ArrayList<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", OrderCreated.class, order -> life.step("book", () -> booked.add(order.order())));
            return life;
        });
        for (int i = 0; i < orders; i++) {
            String order = i == 0 ? key : key + i;
            scenario.channel("orders").send(order, new OrderCreated(order, "c-1", 1));
        }
        scenario.settle();
        assertThat(booked).hasSize(orders);
    }

    private static Difference of(Outcome.Failed failed) {
        return Difference.of(tale(failed.history()), tale(faultFree(failed)));
    }

    private static History faultFree(Outcome.Failed failed) {
        return Objects.requireNonNull(failed.faultFree());
    }

    private static Narrator.Tale tale(History history) {
        return Narrator.tale(history);
    }

    private static List<Side> sides(Difference difference) {
        return difference.lines().stream().map(Line::side).toList();
    }

    private static Outcome.Failed failed(Fault fault, ScenarioRunner.Body body) {
        return (Outcome.Failed) ScenarioRunner.of(fault).explore(body);
    }
}
