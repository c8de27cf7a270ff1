package io.github.atleastonce.report;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DROP;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Narration;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.message.Label;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
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

    /** What differs in any run does so where it is too long to be shown, too. */
    @Test
    void whatIsShortenedIsComparedInFull() {
        Narrator.Tale one = tale(shortened("order-" + UUID.randomUUID(), "open"));

        assertThat(Difference.of(one, tale(shortened("order-" + UUID.randomUUID(), "open")))
                        .first())
                .isEmpty();
        assertThat(Difference.of(one, tale(shortened("order-" + UUID.randomUUID(), "shut")))
                        .first())
                .isPresent();
    }

    private static History shortened(String key, String state) {
        StoredMessage order = new StoredMessage(
                Message.of("m-1", key, "placed"), new Label("orders", 1, 1), 0, 0, 0, StoredMessage.Kind.ORIGINAL);
        record Changed(String key, String state) implements Event {

            @Override
            public void tell(Narration story) {
                story.changes(
                        "shop", 1, "insert orders", 1, "v".repeat(80) + " " + key + " " + "z".repeat(50) + " " + state);
                story.concludes(1, true);
            }
        }
        History history = new History(new Caveats());
        history.add(new Event.Sent(null, order));
        history.add(new Event.Delivered("shop", 1, order));
        history.add(new Changed(key, state));
        history.add(new Event.Stepped("shop", Step.named("x".repeat(30) + " " + key)));
        history.add(new Event.HandlerFailed("shop", order, 1, new IllegalStateException("y".repeat(30) + " " + key)));
        return history;
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

        assertThat(sides(difference)).containsExactly(Side.THERE, Side.BOTH, Side.BOTH, Side.THERE, Side.BOTH);
    }

    /** The fault comes between what the test sends, and is no difference in that. */
    @Test
    void whatTheTestSendsIsTheSameThoughAFaultComesBetween() {
        Outcome.Failed second = failed(DUPLICATE, scenario -> {
            List<String> booked = new ArrayList<>();
            scenario.service("shop", life -> {
                life.subscribe("orders", OrderCreated.class, order -> booked.add(order.order()));
                return life;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 1));
            scenario.channel("orders").send("o-2", new OrderCreated("o-2", "c-1", 1));
            scenario.channel("orders").send("o-3", new OrderCreated("o-3", "c-1", 1));
            scenario.settle();
            assertThat(booked).containsOnlyOnce("o-2");
        });
        Difference difference = of(second);

        assertThat(second.token()).hasToString("1:duplicate(orders[k2])");
        assertThat(difference.lines())
                .filteredOn(line -> line.row() instanceof Row.Given)
                .hasSize(2)
                .noneMatch(Line::differs);
        assertThat(Parting.of(difference))
                .isEqualTo(
                        "The first difference is row 4, which comes under the fault only: OrderCreated(o-2) → shop DUPLICATE.");
    }

    /** What does not count has no number. */
    @Test
    void whatTheTestSendsOtherwiseHasNoNumber() {
        assertThat(Parting.of(Difference.of(tale(sent("o-1", "o-2")), tale(sent("o-1", "o-3")))))
                .isEqualTo("The first difference comes at the beginning: under the fault the test's send orders-0@1 "
                        + "String(o-2); without it the test's send orders-0@1 String(o-3).");
        assertThat(Parting.of(Difference.of(tale(sent("o-1", "o-2")), tale(sent("o-1")))))
                .isEqualTo("The first difference comes at the beginning: under the fault there is the test's send "
                        + "orders-0@1 String(o-2), and without it there is not.");
        assertThat(sides(Difference.of(tale(sent("o-1")), tale(sent("o-1", "o-2", "o-3")))))
                .containsExactly(Side.BOTH, Side.THERE);
        assertThat(sides(Difference.of(tale(sent("o-1", "o-2")), tale(sent("o-3", "o-4")))))
                .containsExactly(Side.OTHERWISE, Side.THERE, Side.OTHERWISE, Side.THERE);
    }

    private static History sent(String... keys) {
        History history = new History(new Caveats());
        for (int i = 0; i < keys.length; i++) {
            history.add(new Event.Sent(
                    null,
                    new StoredMessage(
                            Message.of("m-" + i, keys[i], "placed"),
                            new Label("orders", 1, i + 1),
                            0,
                            i,
                            i,
                            StoredMessage.Kind.ORIGINAL)));
        }
        return history;
    }

    /** Queues number from -1 downwards what a server puts aside; other offsets look like identity hashes. */
    @Test
    void whereAMessageLiesIsNoDifference() {
        assertThat(Difference.of(tale(putAside(-1)), tale(putAside(-2))).first())
                .isEmpty();
        assertThat(Difference.of(tale(putAside(999)), tale(putAside(1_000))).first())
                .isEmpty();
    }

    private static History putAside(long offset) {
        StoredMessage order = new StoredMessage(
                Message.of("m-1", "o-1", "placed"), new Label("orders", 1, 1), 0, 0, 0, StoredMessage.Kind.ORIGINAL);
        StoredMessage dead = new StoredMessage(
                order.message(), new Label("orders.dlq", 0, -1), 0, offset, 1, StoredMessage.Kind.DEAD_LETTER);
        History history = new History(new Caveats());
        history.add(new Event.DeadLettered("shop", order, dead));
        return history;
    }

    /** When it is seen what a group has consumed is chance. */
    @Test
    void addsUpWhatWasConsumed() {
        History inTwo = consumed(1, 2);
        History inOne = consumed(3);

        assertThat(Difference.of(tale(inTwo), tale(inOne)).first()).isEmpty();
        assertThat(Parting.of(Difference.of(tale(inTwo), tale(consumed(2)))))
                .isEqualTo(
                        "The first difference is in row 2: under the fault credit consumed 3 records of orders in all; "
                                + "without it credit consumed 2 records of orders in all.");
        assertThat(Parting.of(Difference.of(tale(inTwo), tale(consumed()))))
                .isEqualTo("The first difference is row 2, which comes under the fault only: "
                        + "credit consumed 3 records of orders in all.");
        assertThat(sides(Difference.of(tale(consumed()), tale(consumed(2))))).containsExactly(Side.THERE);
        assertThat(sides(Difference.of(tale(consumed(2)), tale(consumed())))).containsExactly(Side.HERE);
    }

    @Test
    void comparesLongRunsAsAWhole() {
        History many = new History(new Caveats());
        History others = new History(new Caveats());
        many.add(new WorkEvent.TimerFired("both"));
        others.add(new WorkEvent.TimerFired("both"));
        for (int i = 0; i < 2_100; i++) {
            many.add(new WorkEvent.TimerFired("shop" + i));
            others.add(new WorkEvent.TimerFired("billing" + i));
        }

        Difference difference = Difference.of(tale(many), tale(others));

        assertThat(sides(difference)).hasSize(4_201).containsOnly(Side.BOTH, Side.THERE, Side.HERE);
        assertThat(Parting.of(difference))
                .isEqualTo("The runs part after row 1; they are too long to be compared row by row.");
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
