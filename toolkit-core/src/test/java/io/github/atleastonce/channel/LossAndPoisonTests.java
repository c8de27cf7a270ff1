package io.github.atleastonce.channel;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DROP;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.POISON;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Services that loss, lateness or a record that cannot be read harms, beside their twins. */
class LossAndPoisonTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);
    private static final Bounds TWO = Bounds.DEFAULT;

    /** Asks for a reservation, and perhaps asks again until it is confirmed. */
    private static void reserves(Scenario scenario, boolean asksAgain) throws Exception {
        Set<String> open = new HashSet<>();
        Set<String> reserved = new HashSet<>();
        var shop = scenario.service("shop", life -> {
            life.subscribe("reservations", String.class, open::remove);
            life.poll("ask again", () -> {
                if (!asksAgain || open.isEmpty()) {
                    return false;
                }
                life.send("requests", "o-1", "o-1");
                return true;
            });
            return life;
        });
        scenario.service("stock", life -> {
            life.subscribe("requests", String.class, request -> {
                reserved.add(request);
                life.send("reservations", request, request);
            });
            return life;
        });
        scenario.attempt(shop, life -> {
            open.add("o-1");
            life.send("requests", "o-1", "o-1");
        });
        scenario.settle();
        assertThat(reserved).containsExactly("o-1");
        assertThat(open).isEmpty();
    }

    @Test
    void whatIsLostIsAskedForAgain() {
        assertThat(Explored.of(s -> reserves(s, false), TWO, DROP).token()).isEqualTo("1:drop(requests[k1])");
        assertThat(Explored.of(s -> reserves(s, true), Bounds.DEFAULT.withMaxFaults(3), DROP)
                        .claim())
                .startsWith("holds under every schedule with ≤ 3 faults (");
    }

    /** What never arrived is not copied either, and the messages after it keep their ids. */
    @Test
    void whatIsLostIsNotCopied() {
        List<String> ids = new ArrayList<>();
        Explored explored = Explored.of(
                scenario -> {
                    scenario.consumer("shop", "orders", Message.class, order -> ids.add(order.id()));
                    scenario.channel("orders").send("o-1", "first");
                    scenario.channel("orders").send("o-2", "second");
                    scenario.settle();
                    boolean dropped = scenario.history()
                            .of(Event.Injected.class)
                            .anyMatch(fault -> fault.option().phrase().equals("String(o-1) lost"));
                    assertThat(ids.contains("orders-1")).isNotEqualTo(dropped);
                    assertThat(scenario.history().of(Event.Injected.class).filter(fault -> fault.fault() == DROP))
                            .hasSizeLessThanOrEqualTo(2);
                    ids.clear();
                },
                TWO,
                DROP,
                DUPLICATE);
        assertThat(explored.tokens())
                .contains("1:drop(orders[k1])+duplicate(orders[k2])", "1:drop(orders[k1])+duplicate(quiet,orders[k2])")
                .doesNotContain(
                        "1:drop(orders[k1])+duplicate(orders[k2],orders[k1])",
                        "1:drop(orders[k1])+duplicate(quiet,orders[k1])");
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 2 faults (");
    }

    private static void orders(Scenario scenario, ChannelOptions options) {
        Set<String> handled = new HashSet<>();
        scenario.channel("orders", options);
        scenario.consumer("shop", "orders", String.class, handled::add);
        scenario.channel("orders").send("o-1", "first");
        scenario.channel("orders").send("o-2", "second");
        scenario.settle();
        assertThat(handled).containsExactlyInAnyOrder("first", "second");
    }

    /** Nobody has said what becomes of it, and the toolkit reads the record: no service could do anything about it. */
    @Test
    void withoutADeadLetterChannelNoRecordIsUnreadable() {
        Explored explored = Explored.of(s -> orders(s, ChannelOptions.DEFAULT), TWO, POISON, DUPLICATE);
        assertThat(explored.tokens()).noneMatch(token -> token.contains("poison"));
        assertThat(explored.claim()).contains("no place for POISON");
    }

    /** Poison is neither copied nor redelivered by itself; put aside, it may be put aside again after a death. */
    @Test
    void aDeadLetterChannelTakesWhatCannotBeRead() {
        ChannelOptions options = ChannelOptions.DEFAULT.deadLetter("orders.dead");
        assertThat(Explored.of(s -> orders(s, options), ONE, POISON).tokens())
                .containsExactly("1:", "1:poison(orders[k1])", "1:poison(orders[k2])");
        assertThat(Explored.of(
                                s -> orders(s, options),
                                Bounds.DEFAULT.withMaxFaults(3),
                                POISON,
                                DUPLICATE,
                                REDELIVERY,
                                CRASH,
                                DELAY)
                        .claim())
                .startsWith("holds under every schedule with ≤ 3 faults (");
    }

    @Test
    void whatFailsTooOftenIsPutAsideAndTheNextComes() {
        List<Message> dead = new ArrayList<>();
        Explored explored = Explored.of(
                scenario -> {
                    dead.clear();
                    Set<String> handled = new HashSet<>();
                    scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("orders.dead"));
                    scenario.consumer("shop", "orders", String.class, order -> {
                        if (order.equals("bad")) {
                            throw new IllegalArgumentException("cannot be priced");
                        }
                        handled.add(order);
                    });
                    scenario.consumer("operator", "orders.dead", Message.class, dead::add);
                    scenario.channel("orders").send("o-1", "bad");
                    scenario.channel("orders").send("o-2", "good");
                    scenario.settle();
                    assertThat(handled).containsExactly("good");
                    assertThat(dead).isNotEmpty().allSatisfy(message -> {
                        assertThat(message.id()).isEqualTo("orders-1");
                        assertThat(message.headers().get("dead-letter-from")).isEqualTo("orders");
                    });
                },
                TWO,
                DUPLICATE,
                REDELIVERY,
                CRASH);
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 2 faults (");
    }

    /** A payment that comes after the time-out: the order is cancelled, so the money goes back. */
    private static void pays(Scenario scenario, boolean refunds) {
        List<String> state = new ArrayList<>(List.of("open"));
        scenario.service("orders", life -> {
            life.subscribe(
                    "payments",
                    String.class,
                    payment -> life.step("commit", () -> {
                        if (state.contains("cancelled") && refunds) {
                            state.add("refunded");
                        } else {
                            state.add("paid");
                        }
                    }));
            life.after(
                    Duration.ofMinutes(15),
                    () -> life.step("commit", () -> {
                        if (!state.contains("paid")) {
                            state.add("cancelled");
                        }
                    }));
            return life;
        });
        scenario.channel("payments").send("o-1", "30");
        scenario.settle();
        assertThat(state.contains("paid") && state.contains("cancelled")).isFalse();
        assertThat(state.contains("cancelled")).isEqualTo(state.contains("refunded"));
    }

    @Test
    void aSuccessMayComeAfterTheTimeOut() {
        assertThat(Explored.of(s -> pays(s, false), TWO, DELAY, DUPLICATE).token())
                .isEqualTo("1:delay(orders<payments[k1])");
        assertThat(Explored.of(s -> pays(s, true), TWO, DELAY, DUPLICATE).claim())
                .startsWith("holds under every schedule with ≤ 2 faults (");
    }

    /** What is held, is held once; it arrives before the settle ends, also when a death or another delay comes between. */
    @Test
    void whatIsHeldArrivesBeforeTheEnd() {
        Explored explored = Explored.of(
                scenario -> {
                    Set<String> handled = new HashSet<>();
                    scenario.channel("orders", ChannelOptions.partitions(2));
                    scenario.service("shop", life -> {
                        life.subscribe(
                                "orders",
                                String.class,
                                order -> life.step("commit", () -> {
                                    handled.add(order);
                                }));
                        return life;
                    });
                    scenario.channel("orders").send("o-1", "first");
                    scenario.channel("orders").send("o-2", "second");
                    scenario.settle();
                    assertThat(handled).containsExactlyInAnyOrder("first", "second");
                    long delays = scenario.history()
                            .of(Event.Injected.class)
                            .filter(fault -> fault.fault() == DELAY)
                            .count();
                    assertThat(scenario.history().of(Event.Elapsed.class)).hasSize((int) delays);
                },
                Bounds.DEFAULT.withMaxFaults(3),
                DELAY,
                CRASH);
        assertThat(explored.tokens())
                .contains(
                        "1:delay(shop<orders[k1])",
                        "1:delay(shop<orders[k1])+delay(shop<orders[k2])",
                        "1:delay(shop<orders[k1])+crash(shop<orders[k2]/commit)")
                .doesNotContain("1:delay(shop<orders[k1])+delay(shop<orders[k1])~2");
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 3 faults (");
    }
}
