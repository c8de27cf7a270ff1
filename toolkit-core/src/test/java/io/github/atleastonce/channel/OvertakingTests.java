package io.github.atleastonce.channel;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Consumers that another order harms, beside their twins; and what may overtake what. */
class OvertakingTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);
    private static final Bounds TWO = Bounds.DEFAULT;

    private static List<String> delivered(Scenario scenario) {
        return scenario.history()
                .of(Event.Delivered.class)
                .map(delivery ->
                        delivery.subscriber() + "<" + delivery.message().label())
                .toList();
    }

    /** Two services read one channel; shipping reads what billing has written. */
    private static void shipsWhatIsBilled(Scenario scenario, boolean asksAgain) {
        Set<String> billed = new HashSet<>();
        Set<String> shipped = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        scenario.service("billing", life -> {
            life.subscribe(
                    "orders",
                    String.class,
                    order -> life.step("commit", () -> {
                        billed.add(order);
                    }));
            return life;
        });
        scenario.service("shipping", life -> {
            life.subscribe(
                    "orders",
                    String.class,
                    order -> life.step("commit", () -> {
                        (billed.contains(order) ? shipped : waiting).add(order);
                    }));
            life.poll(
                    "retry",
                    () -> asksAgain
                            && shipped.addAll(
                                    waiting.stream().filter(billed::contains).toList()));
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(shipped).containsExactly("o-1");
    }

    @Test
    void oneSubscriberMayBeFasterThanAnother() {
        assertThat(Explored.of(s -> shipsWhatIsBilled(s, false), TWO, REORDER).token())
                .isEqualTo("1:reorder(billing<orders[k1],shipping<orders[k1])");
        assertThat(Explored.of(s -> shipsWhatIsBilled(s, true), TWO, REORDER).claim())
                .isEqualTo("holds under every schedule with ≤ 2 faults (2 runs)");
    }

    /** An account is opened and used; a customer refers to it. Two channels, two partitions, or none of it in order. */
    private static void opensAndUses(Scenario scenario, String second, ChannelOptions options, boolean waits) {
        Set<String> open = new HashSet<>();
        List<String> early = new ArrayList<>();
        List<String> used = new ArrayList<>();
        scenario.channel("accounts", options);
        scenario.service("bank", life -> {
            life.subscribe("accounts", String.class, event -> {
                if (event.equals("opened")) {
                    open.add("a");
                    used.addAll(early);
                } else if (open.contains("a")) {
                    used.add(event);
                } else if (waits) {
                    early.add(event);
                }
                life.step("commit");
            });
            return life;
        });
        scenario.channel("accounts").send("a", "opened");
        scenario.channel("accounts").send(second, "used");
        scenario.settle();
        assertThat(used).contains("used");
    }

    @Test
    void anotherPartitionMayGoFirst() {
        ChannelOptions two = ChannelOptions.partitions(2);
        assertThat(Explored.of(s -> opensAndUses(s, "b", two, false), TWO, REORDER)
                        .token())
                .isEqualTo("1:reorder(bank<accounts[k1],bank<accounts[k2])");
        assertThat(Explored.of(s -> opensAndUses(s, "b", two, true), TWO, REORDER)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 2 faults (2 runs)");
    }

    @Test
    void withinAPartitionNothingOvertakes() {
        ChannelOptions two = ChannelOptions.partitions(2);
        assertThat(Explored.of(s -> opensAndUses(s, "a", two, false), TWO, REORDER, DUPLICATE)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults (")
                .endsWith("; no place for REORDER");
    }

    @Test
    void withoutAnOrderAMessageOvertakesItsOwnKey() {
        ChannelOptions none = ChannelOptions.DEFAULT.ordering(Ordering.NONE);
        assertThat(Explored.of(s -> opensAndUses(s, "a", none, false), TWO, REORDER)
                        .token())
                .isEqualTo("1:reorder(bank<accounts[k1],bank<accounts[k1.2])");
        assertThat(Explored.of(s -> opensAndUses(s, "a", none, true), TWO, REORDER, DUPLICATE)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults (");
    }

    /** All orders of three messages are met, each with as few faults as it needs. */
    @Test
    void withoutAnOrderEveryOrderIsMet() {
        Map<String, Long> met = new HashMap<>();
        Explored.of(
                scenario -> {
                    scenario.channel("orders", ChannelOptions.DEFAULT.ordering(Ordering.NONE));
                    scenario.consumer("shop", "orders", String.class, order -> {});
                    Stream.of("a", "b", "c")
                            .forEach(order -> scenario.channel("orders").send(order, order));
                    scenario.settle();
                    long faults = scenario.history().of(Event.Injected.class).count();
                    met.merge(String.join(" ", payloads(scenario)), faults, Math::min);
                },
                TWO,
                REORDER);
        assertThat(met)
                .containsOnly(
                        Map.entry("a b c", 0L),
                        Map.entry("b a c", 1L),
                        Map.entry("c a b", 1L),
                        Map.entry("a c b", 1L),
                        Map.entry("b c a", 2L),
                        Map.entry("c b a", 2L));
    }

    private static List<String> payloads(Scenario scenario) {
        return scenario.history()
                .of(Event.Delivered.class)
                .map(delivery -> delivery.message().message().payload().toString())
                .toList();
    }

    /** Without an order, what is redelivered is what was handled last, and nothing that was handled before it. */
    @Test
    void withoutAnOrderARedeliveryBringsBackWhatWasHandledLast() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.channel(
                            "orders",
                            ChannelOptions.DEFAULT.ordering(Ordering.NONE).confirmation(Confirmation.EACH_MESSAGE));
                    scenario.consumer("shop", "orders", String.class, order -> {});
                    Stream.of("a", "b", "c")
                            .forEach(order -> scenario.channel("orders").send(order, order));
                    scenario.settle();
                    assertOnlyTheLastComesBack(scenario);
                },
                Bounds.DEFAULT.withMaxFaults(3),
                REORDER,
                REDELIVERY,
                CRASH);
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 3 faults (");
    }

    /** Each lost acknowledgement brings one message back; a death before a handler brings back none. */
    private static void assertOnlyTheLastComesBack(Scenario scenario) {
        List<StoredMessage> handled = new ArrayList<>();
        for (Event event : scenario.history().events()) {
            if (event instanceof Event.Handled message) {
                handled.add(message.message());
            } else if (event instanceof Event.Injected fault && fault.fault() == REDELIVERY) {
                handled.remove(handled.size() - 1);
            }
        }
        assertThat(handled).as(delivered(scenario).toString()).hasSize(3).doesNotHaveDuplicates();
    }

    /** Copies share their name; the token tells them apart, and each replays its own schedule. */
    @Test
    void copiesThatOvertakeAreToldApart() {
        List<String> orders = new ArrayList<>();
        Explored explored = Explored.of(
                scenario -> {
                    scenario.channel("orders", ChannelOptions.DEFAULT.ordering(Ordering.NONE));
                    scenario.consumer("shop", "orders", String.class, order -> {});
                    Stream.of("a", "b", "c")
                            .forEach(order -> scenario.channel("orders").send(order, order));
                    scenario.settle();
                    orders.add(String.join(" ", payloads(scenario)));
                    assertThat(payloads(scenario)).isNotEqualTo(List.of("b", "a", "b", "c"));
                },
                TWO,
                DUPLICATE,
                REORDER);
        assertThat(explored.token()).isEqualTo("1:duplicate(orders[k2])+reorder(shop<orders[k1],shop<orders[k2])");
        assertThat(orders).endsWith("b a b c", "b a b c");
    }

    /** After a death the partitions start again where they were confirmed, and may be overtaken again. */
    @Test
    void aDeathDoesNotSpoilTheOrderOfAKey() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.channel("orders", ChannelOptions.partitions(2));
                    scenario.service("shop", life -> {
                        life.subscribe("orders", String.class, order -> life.step("commit"));
                        return life;
                    });
                    Stream.of("a1", "b1", "a2", "b2")
                            .forEach(order -> scenario.channel("orders").send(order.substring(0, 1), order));
                    scenario.settle();
                    assertKeysInOrder(scenario);
                },
                TWO,
                REORDER,
                CRASH,
                REDELIVERY);
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 2 faults (");
        assertThat(explored.tokens())
                .contains(
                        "1:crash(shop<orders[k1.2])+reorder(shop<orders[k1],shop<orders[k2])~2",
                        "1:reorder(shop<orders[k1],shop<orders[k2])+crash(shop<orders[k2]/commit)");
    }

    /** In each partition an offset is delivered first only after the one before it. */
    private static void assertKeysInOrder(Scenario scenario) {
        Map<Integer, Long> next = new HashMap<>();
        scenario.history()
                .of(Event.Delivered.class)
                .map(Event.Delivered::message)
                .forEach(message -> {
                    long expected = next.getOrDefault(message.partition(), 0L);
                    assertThat(message.offset()).isLessThanOrEqualTo(expected);
                    next.put(message.partition(), Math.max(expected, message.offset() + 1));
                });
        assertThat(next).containsValues(2L, 2L);
    }
}
