package io.github.atleastonce.nodes;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.PAUSE;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A service that boots as its next release after a crash, with the rows and events of the old one. */
class ReleaseTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);

    /** Rows of text: the first release writes {@code 30}, the next one {@code amount=30}. */
    private record Shop(Life life, Map<String, String> outbox) {

        static Shop relaying(Life life, Map<String, String> outbox, Function<String, String> reads) {
            life.poll("relay", () -> {
                if (outbox.isEmpty()) {
                    return false;
                }
                String order = outbox.keySet().iterator().next();
                life.send("placed", order, reads.apply(outbox.get(order)));
                life.step("delete", () -> outbox.remove(order));
                return true;
            });
            return new Shop(life, outbox);
        }

        void place(String order, String row) {
            life.step("insert", () -> outbox.put(order, row));
        }

        static String readsItsOwn(String row) {
            if (!row.startsWith("amount=")) {
                throw new IllegalStateException("cannot read '" + row + "'");
            }
            return row.substring("amount=".length());
        }

        static String readsBoth(String row) {
            return row.startsWith("amount=") ? readsItsOwn(row) : row;
        }
    }

    private static void anOrderIsPlacedAndTold(Scenario scenario, Function<String, String> reads) {
        Map<String, String> outbox = new HashMap<>();
        Set<String> told = new HashSet<>();
        scenario.consumer("billing", "placed", String.class, told::add);
        var shop = scenario.service("shop", life -> Shop.relaying(life, outbox, row -> row))
                .thenAs(life -> Shop.relaying(life, outbox, reads));
        boolean placed =
                scenario.attempt(shop, present -> present.place("o-1", "30")).completed();
        scenario.settle();
        assertThat(outbox).isEmpty();
        assertThat(told).containsAll(placed ? Set.of("30") : Set.of());
    }

    @Test
    void aReleaseThatCannotReadTheRowsOfTheOneBeforeIsFound() {
        Outcome outcome = ScenarioRunner.of(CRASH)
                .within(ONE)
                .explore(scenario -> anOrderIsPlacedAndTold(scenario, Shop::readsItsOwn));

        assertThat(Explored.token(outcome)).isEqualTo("1:crash(shop#1/insert)");
        assertThat(Explored.failed(outcome).cause()).hasRootCauseMessage("cannot read '30'");
        assertThat(Story.of(Explored.failed(outcome)).text()).contains("✗ CRASH after insert");
    }

    @Test
    void aReleaseThatReadsBothPasses() {
        Outcome outcome =
                ScenarioRunner.of(CRASH).explore(scenario -> anOrderIsPlacedAndTold(scenario, Shop::readsBoth));

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    /** Both releases at once, as while they are rolled out: each reads what the other has sent. */
    private static void rolledOut(Scenario scenario, boolean knowsTheNext) {
        Map<String, Integer> reserved = new HashMap<>();
        scenario.channel("orders", ChannelOptions.partitions(2));
        scenario.channel("reservations", ChannelOptions.partitions(2));
        scenario.nodes("credit", 2, life -> release(life, reserved, "", knowsTheNext))
                .forEach(node -> node.thenAs(life -> release(life, reserved, "v2:", true)));
        for (String round : List.of("monday", "tuesday")) {
            scenario.channel("orders").send("o-1", "o-1 of " + round);
            scenario.channel("orders").send("o-2", "o-2 of " + round);
            scenario.settle();
        }
        assertThat(reserved).containsOnlyKeys("o-1 of monday", "o-2 of monday", "o-1 of tuesday", "o-2 of tuesday");
    }

    private static Life release(Life life, Map<String, Integer> reserved, String writes, boolean knowsTheNext) {
        life.subscribe("orders", String.class, order -> life.send("reservations", "c-1", writes + order));
        life.subscribe("reservations", String.class, event -> {
            boolean isNext = event.startsWith("v2:");
            // Who does not know an event passes over it.
            if (!isNext || knowsTheNext) {
                life.step("commit", () -> reserved.put(isNext ? event.substring(3) : event, 10));
            }
        });
        return life;
    }

    @Test
    void aNodeOfTheOldReleaseThatPassesOverWhatTheNextOneSendsIsFound() {
        Outcome outcome = ScenarioRunner.of(CRASH).within(ONE).explore(scenario -> rolledOut(scenario, false));

        assertThat(Explored.token(outcome)).isEqualTo("1:crash(credit#2<orders[k2])");
    }

    @Test
    void nodesThatKnowWhatEachOtherSendsPass() {
        Outcome outcome = ScenarioRunner.of(CRASH, REBALANCE, PAUSE).explore(scenario -> rolledOut(scenario, true));

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    private static Life subscribed(Life life) {
        life.subscribe("orders", String.class, order -> life.step("commit"));
        return life;
    }

    private static void oneOrder(Scenario scenario) {
        scenario.channel("orders").send("o-1", "A");
        scenario.settle();
    }

    @Test
    void aReleaseThatNeverStartedIsSaid() {
        String without = Explored.claim(ScenarioRunner.of(DUPLICATE)
                .mayPassUndelivered(Explored.COUNTED)
                .explore(scenario -> {
                    scenario.service("shop", ReleaseTests::subscribed).thenAs(ReleaseTests::subscribed);
                    oneOrder(scenario);
                }));
        String with = Explored.claim(ScenarioRunner.of(CRASH)
                .mayPassUndelivered(Explored.COUNTED)
                .explore(scenario -> {
                    scenario.service("shop", ReleaseTests::subscribed).thenAs(ReleaseTests::subscribed);
                    oneOrder(scenario);
                }));

        assertThat(without).contains("the next release of 'shop' never started");
        assertThat(with).doesNotContain("release");
    }

    @Test
    void aReleaseThatDoesNotStartIsTold() {
        Outcome outcome = ScenarioRunner.of(CRASH).within(ONE).explore(scenario -> {
            scenario.service("shop", ReleaseTests::subscribed).thenAs(life -> {
                throw new IllegalStateException("no column 'amount'");
            });
            oneOrder(scenario);
        });

        assertThat(Explored.failed(outcome).cause())
                .hasMessageContaining("'shop' did not start again")
                .hasRootCauseMessage("no column 'amount'");
    }

    @Test
    void laterLivesStayWithTheNextRelease() {
        Set<List<String>> seen = new HashSet<>();
        ScenarioRunner.of(CRASH).mayPassUndelivered(Explored.COUNTED).explore(scenario -> {
            List<String> releases = new ArrayList<>();
            seen.add(releases);
            scenario.service("shop", life -> {
                        releases.add("first");
                        return subscribed(life);
                    })
                    .thenAs(life -> {
                        releases.add("next");
                        return subscribed(life);
                    });
            oneOrder(scenario);
        });

        assertThat(seen.stream().map(List::copyOf).distinct())
                .containsExactlyInAnyOrder(
                        List.of("first"), List.of("first", "next"), List.of("first", "next", "next"));
    }
}
