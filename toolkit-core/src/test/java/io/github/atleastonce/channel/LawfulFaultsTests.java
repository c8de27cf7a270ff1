package io.github.atleastonce.channel;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.POISON;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.scenario.Deposits;
import io.github.atleastonce.scenario.Deposits.Deposit;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A right service is never blamed, whatever lawful faults come together; and odd services do not confuse the transport. */
class LawfulFaultsTests {

    private static final Bounds THREE = Bounds.DEFAULT.withMaxFaults(3);
    private static final Fault[] OTHERS = {REDELIVERY, REORDER, DELAY, CRASH, POISON};

    private static String claim(io.github.atleastonce.scenario.ScenarioRunner.Body body) {
        return Explored.of(body, THREE, DUPLICATE, OTHERS).claim();
    }

    @Test
    void aRightConsumerHoldsUnderAllOfThemTogether() {
        assertThat(claim(scenario -> {
                    Deposits deposits = new Deposits();
                    scenario.channel("deposits", ChannelOptions.partitions(2).deadLetter("dead"));
                    scenario.service("bank", life -> {
                        life.subscribe("deposits", Deposit.class, deposit -> deposits.addOnce(life, deposit));
                        return life;
                    });
                    scenario.channel("deposits").send("d-1", new Deposit("d-1", 1));
                    scenario.channel("deposits").send("d-2", new Deposit("d-2", 2));
                    scenario.settle();
                    assertThat(deposits.sum()).isEqualTo(3);
                    assertNothingIsLeft(scenario);
                }))
                .startsWith("holds under every schedule with ≤ 3 faults (");
    }

    /** What was sent was delivered to its subscriber, unless it was put aside. */
    private static void assertNothingIsLeft(Scenario scenario) {
        Set<String> sent = new HashSet<>();
        Set<String> done = new HashSet<>();
        for (Event event : scenario.history().events()) {
            if (event instanceof Event.Sent message) {
                sent.add(message.message().position());
            } else if (event instanceof Event.Handled message) {
                done.add(message.message().position());
            } else if (event instanceof Event.DeadLettered message) {
                done.add(message.message().position());
            }
        }
        sent.removeIf(position -> position.startsWith("dead-"));
        assertThat(done).isEqualTo(sent);
    }

    /** A relay sends what an attempt has stored; what is stored and not sent survives a death. */
    @Test
    void anOutboxHoldsUnderAllOfThemTogether() {
        assertThat(claim(scenario -> {
                    List<String> outbox = new ArrayList<>();
                    Set<String> placed = new HashSet<>();
                    Set<String> billed = new HashSet<>();
                    scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("dead"));
                    var shop = scenario.service("shop", life -> {
                        life.poll("relay", () -> {
                            if (outbox.isEmpty()) {
                                return false;
                            }
                            life.send("orders", outbox.get(0), outbox.get(0));
                            life.step("delete", () -> {
                                outbox.remove(0);
                            });
                            return true;
                        });
                        return life;
                    });
                    scenario.consumer("billing", "orders", String.class, billed::add);
                    scenario.attempt(
                            shop,
                            life -> life.step("commit", () -> {
                                placed.add("o-1");
                                outbox.add("o-1");
                            }));
                    scenario.settle();
                    assertThat(billed).isEqualTo(placed);
                }))
                .startsWith("holds under every schedule with ≤ 3 faults (");
    }

    /** A new group starts at the beginning of the log; one that comes late gets all the same. */
    @Test
    void aLateSubscriberGetsEverything() {
        assertThat(claim(scenario -> {
                    List<String> early = new ArrayList<>();
                    Set<String> late = new HashSet<>();
                    scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("dead"));
                    scenario.consumer("shop", "orders", String.class, early::add);
                    scenario.channel("orders").send("o-1", "first");
                    scenario.settle();
                    scenario.consumer("report", "orders", String.class, late::add);
                    scenario.channel("orders").send("o-2", "second");
                    scenario.settle();
                    assertThat(late).containsExactlyInAnyOrder("first", "second");
                    assertThat(early).contains("first", "second");
                }))
                .startsWith("holds under every schedule with ≤ 3 faults (");
    }

    @Test
    void aHandlerMaySubscribe() {
        Explored explored = Explored.of(
                scenario -> {
                    List<String> news = new ArrayList<>();
                    scenario.service("reader", life -> {
                        life.subscribe("subscriptions", String.class, channel -> {
                            life.subscribe(channel, String.class, news::add);
                            life.subscribe("subscriptions", Integer.class, number -> {});
                        });
                        return life;
                    });
                    scenario.channel("news").send("n", "hello");
                    scenario.channel("subscriptions").send("s", "news");
                    scenario.settle();
                    assertThat(news).contains("hello");
                },
                Bounds.DEFAULT.withMaxFaults(2),
                DUPLICATE,
                REDELIVERY,
                REORDER,
                DELAY);
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 2 faults (");
    }

    /** A copy on a channel that nobody reads harms nobody and ends. */
    @Test
    void aChannelThatNobodyReadsIsQuiet() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.service("shop", life -> {
                        life.subscribe("orders", String.class, order -> life.send("log", order, "handled"));
                        return life;
                    });
                    scenario.channel("orders").send("o-1", "first");
                    scenario.settle();
                },
                THREE,
                DUPLICATE,
                OTHERS[0],
                CRASH);
        assertThat(explored.tokens()).contains("1:duplicate(quiet,log[k2])+duplicate(quiet,log[k2])~2");
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 3 faults (");
    }

    /** Messages without a key keep no order among duplicates, but they arrive. */
    @Test
    void messagesNeedNoKey() {
        Explored explored = Explored.of(
                scenario -> {
                    Set<String> handled = new HashSet<>();
                    scenario.channel("orders", ChannelOptions.partitions(2).withoutStaleDuplicates());
                    scenario.consumer("shop", "orders", String.class, handled::add);
                    scenario.channel("orders").send("first");
                    scenario.channel("orders").send("second");
                    scenario.settle();
                    assertThat(handled).containsExactlyInAnyOrder("first", "second");
                },
                Bounds.DEFAULT.withMaxFaults(1),
                DUPLICATE,
                REDELIVERY,
                REORDER);
        assertThat(explored.tokens())
                .containsExactly(
                        "1:",
                        "1:duplicate(orders[#1])",
                        "1:redelivery(shop<orders[#1])",
                        "1:redelivery(shop<orders[#2],2)",
                        "1:duplicate(orders[#2])",
                        "1:redelivery(shop<orders[#2])");
    }
}
