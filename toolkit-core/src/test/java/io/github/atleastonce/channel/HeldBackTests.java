package io.github.atleastonce.channel;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What waits with a message that a DELAY holds, or that is tried again: all behind it where there is an order, else nothing. */
class HeldBackTests {

    private static final ChannelOptions NONE = ChannelOptions.DEFAULT.ordering(Ordering.NONE);

    /** An item that comes before its order is passed over, or asked for again. */
    private static void ships(Scenario scenario, boolean asksAgain) {
        scenario.channel("events", NONE.confirmation(Confirmation.EACH_MESSAGE));
        Set<String> stored = new TreeSet<>();
        scenario.service("shop", life -> {
            life.subscribe("events", String.class, event -> {
                boolean early = event.equals("item") && !stored.contains("order");
                if (early && asksAgain) {
                    throw new IllegalStateException("its order has not come yet");
                }
                life.step("commit", () -> {
                    if (!early) {
                        stored.add(event);
                    }
                });
            });
            return life;
        });
        scenario.channel("events").send("order", "order");
        scenario.channel("events").send("item", "item");
        scenario.settle();
        assertThat(stored).containsExactly("item", "order");
    }

    @Test
    void whoAsksForWhatCameTooEarlyAgainIsRightWhereNoOrderIsDeclared() {
        assertThat(Explored.of(scenario -> ships(scenario, false), Bounds.DEFAULT, REORDER, DELAY)
                        .token())
                .isEqualTo("1:reorder(shop<events[k1],shop<events[k2])");
        assertThat(Explored.of(
                                scenario -> ships(scenario, true),
                                Bounds.DEFAULT,
                                REORDER,
                                DELAY,
                                REDELIVERY,
                                DUPLICATE,
                                CRASH)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults (");
    }

    private static List<String> deliveries(ChannelOptions options, boolean fails) {
        List<List<String>> runs = new ArrayList<>();
        Explored.of(
                scenario -> {
                    scenario.channel("orders", options);
                    List<String> failed = new ArrayList<>();
                    scenario.consumer("shop", "orders", String.class, order -> {
                        if (fails && !order.equals("c") && !failed.contains(order)) {
                            failed.add(order);
                            throw new IllegalStateException("not yet");
                        }
                    });
                    Stream.of("a", "b", "c")
                            .forEach(order -> scenario.channel("orders").send(order, order));
                    scenario.settle();
                    runs.add(scenario.history()
                            .of(Event.Delivered.class)
                            .map(delivery ->
                                    delivery.message().message().payload().toString())
                            .toList());
                },
                Bounds.DEFAULT.withMaxFaults(1),
                DELAY);
        return runs.stream().map(run -> String.join(" ", run)).toList();
    }

    @Test
    void eachFailureStandsForItselfWhereNoOrderIsDeclared() {
        assertThat(deliveries(NONE, true)).contains("a b c a b");
        assertThat(deliveries(ChannelOptions.DEFAULT, true)).contains("a a b b c");
    }

    @Test
    void aDelayHoldsOneMessageWhereNoOrderIsDeclared() {
        assertThat(deliveries(NONE, false)).contains("a b c", "b c a", "a c b");
        assertThat(deliveries(ChannelOptions.DEFAULT, false)).containsOnly("a b c");
    }
}
