package io.github.atleastonce.nodes;

import static io.github.atleastonce.schedule.Fault.CONCURRENT;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nodes of one service: members of one group, each with a memory of its own. */
class GroupTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);

    private static final NodeBodies.Lines LINES = new NodeBodies.Lines("orders", "c-1", "c-2");

    private static void twoOrdersOfACustomer(Scenario scenario, boolean caches) {
        scenario.channel("orders", ChannelOptions.partitions(2));
        NodeBodies.ordersOfTwoCustomers(scenario, LINES, caches);
    }

    @Test
    void aCacheInEachNodeIsStaleOnceAPartitionHasMoved() {
        Explored explored = Explored.of(s -> twoOrdersOfACustomer(s, true), ONE, REBALANCE);

        assertThat(explored.token()).isEqualTo("1:rebalance(credit#1<orders[k1.2])");
    }

    @Test
    void aCacheInEachNodeIsStaleOnceTwoHaveDied() {
        assertThat(Explored.of(s -> twoOrdersOfACustomer(s, true), ONE, CRASH).outcome())
                .isInstanceOf(Outcome.Passed.class);
        assertThat(Explored.of(s -> twoOrdersOfACustomer(s, true), Bounds.DEFAULT, CRASH)
                        .token())
                .isEqualTo("1:crash(credit#1<orders[k1])+crash(credit#1<orders[k1.3])");
    }

    @Test
    void whatIsReadFromTheDatabaseIsNeverStale() {
        Explored explored = Explored.of(
                s -> twoOrdersOfACustomer(s, false), Bounds.DEFAULT, REBALANCE, CRASH, REDELIVERY, DUPLICATE);

        assertThat(explored.outcome()).isInstanceOf(Outcome.Passed.class);
    }

    private static void oneOrder(Scenario scenario, boolean remembersInMemory) {
        scenario.channel("orders", ChannelOptions.partitions(2));
        NodeBodies.threeOrders(scenario, LINES, remembersInMemory);
    }

    @Test
    void aSetOfWhatWasSeenInEachNodeForgetsWhatAnotherHasSeen() {
        Outcome outcome = ScenarioRunner.of(REBALANCE, DUPLICATE, REDELIVERY)
                .within(ONE)
                .explore(scenario -> oneOrder(scenario, true));

        assertThat(Explored.token(outcome)).isEqualTo("1:rebalance(credit#1<orders[k1.2])");
        assertThat(Story.of(Explored.failed(outcome)).text())
                .contains("✗ REBALANCE: credit#1 falls out of its group with OrderCreated(c-1) in hand")
                .containsPattern("OrderCreated\\(c-1\\) +→ credit#2 +commit +REDELIVERY");
    }

    @Test
    void aSetOfWhatWasSeenInTheDatabaseHolds() {
        assertThat(Explored.of(s -> oneOrder(s, false), Bounds.DEFAULT, REBALANCE, DUPLICATE, REDELIVERY, CRASH)
                        .outcome())
                .isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aTokenIsReplayed() {
        ScenarioRunner runner = ScenarioRunner.of(REBALANCE);
        Outcome.Failed failed = Explored.failed(runner.explore(scenario -> oneOrder(scenario, true)));

        assertThat(Explored.token(runner.replay(failed.token(), scenario -> oneOrder(scenario, true))))
                .isEqualTo(failed.token().toString());
    }

    private static List<String> twoRounds(Scenario scenario) {
        scenario.channel("orders", ChannelOptions.partitions(2));
        return NodeBodies.deliveriesOfTwoRounds(scenario, LINES);
    }

    private static Map<String, List<String>> schedules(Fault fault) {
        Map<String, List<String>> seen = new HashMap<>();
        Explored explored = Explored.of(scenario -> seen.put("" + seen.size(), twoRounds(scenario)), ONE, fault);
        // The run without faults comes twice at first.
        return explored.tokens().stream()
                .collect(Collectors.toMap(
                        token -> token,
                        token -> seen.get(""
                                + (explored.tokens().indexOf(token) == 0
                                        ? 0
                                        : explored.tokens().indexOf(token) + 1))));
    }

    @Test
    void eachNodeReadsItsPartitions() {
        assertThat(schedules(CRASH))
                .containsEntry("1:", List.of("shop#1:A1", "shop#2:B1", "|", "shop#1:A2", "shop#2:B2", "|"));
    }

    @Test
    void whenANodeDiesTheOtherTakesOverUntilAllIsQuiet() {
        assertThat(schedules(CRASH))
                .containsEntry(
                        "1:crash(shop#1<orders[k1])",
                        List.of("shop#2:A1", "shop#2:B1", "|", "shop#1:A2", "shop#2:B2", "|"))
                .containsEntry(
                        "1:crash(shop#2<orders[k2])",
                        List.of("shop#1:A1", "shop#1:B1", "|", "shop#1:A2", "shop#2:B2", "|"));
    }

    @Test
    void aNodeFallsOutOfItsGroupUntilAllIsQuiet() {
        assertThat(schedules(REBALANCE))
                .containsOnlyKeys(
                        "1:",
                        "1:rebalance(shop#1<orders[k1])",
                        "1:rebalance(shop#2<orders[k2])",
                        "1:rebalance(shop#1<orders[k1.2])",
                        "1:rebalance(shop#2<orders[k2.2])")
                .containsEntry(
                        "1:rebalance(shop#2<orders[k2.2])",
                        List.of("shop#1:A1", "shop#2:B1", "|", "shop#1:A2", "shop#1:B2", "|"));
    }

    @Test
    void theLastNodeKeepsWhatItReads() {
        Explored explored = Explored.of(GroupTests::twoRounds, Bounds.DEFAULT, CRASH, REBALANCE);

        assertThat(explored.outcome()).isInstanceOf(Outcome.Passed.class);
        assertThat(explored.tokens()).contains("1:crash(shop#1<orders[k1])+crash(shop#2<orders[k1])");
    }

    /** A second consumer gets a message because the group has given the partition to another node. */
    @Test
    void theSameMessageAtTheSameTimeIsHandledByTheOtherNode() {
        Set<String> seen = new HashSet<>();
        Outcome outcome = ScenarioRunner.of(CONCURRENT)
                .within(ONE)
                .mayPassUndelivered(Explored.COUNTED)
                .explore(scenario -> {
                    scenario.nodes("shop", 2, life -> {
                        life.subscribe("orders", String.class, order -> life.step("commit"));
                        return life;
                    });
                    scenario.channel("orders").send("a", "A");
                    scenario.settle();
                    scenario.history()
                            .of(Event.Delivered.class)
                            .map(Event.Delivered::subscriber)
                            .forEach(seen::add);
                });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(seen).containsExactlyInAnyOrder("shop#1", "shop#2");
    }

    @Test
    void theBodyActsInTheNodeThatItNames() {
        Outcome outcome = ScenarioRunner.of(CRASH).within(ONE).explore(scenario -> {
            Set<String> done = new HashSet<>();
            List<Service<Life>> shops = scenario.nodes("shop", 2, life -> life);
            scenario.attempt(shops.get(1), life -> life.step("commit", () -> done.add(life.service())));
            scenario.settle();
            assertThat(done).isEqualTo(Set.of("shop#2"));
        });

        assertThat(Explored.token(outcome)).isEqualTo("1:crash(shop#2#1)");
    }

    @Test
    void aNodeThatNothingReachesIsSaid() {
        Outcome outcome = ScenarioRunner.of(DUPLICATE)
                .mayPassUndelivered(Explored.COUNTED)
                .explore(scenario -> {
                    scenario.nodes("shop", 2, life -> {
                        life.subscribe("orders", String.class, order -> life.step("commit"));
                        return life;
                    });
                    scenario.channel("orders").send("a", "A");
                    scenario.settle();
                });

        assertThat(Explored.claim(outcome)).contains("'shop#2' did nothing");
    }

    @Test
    void anAttemptWithoutAStepIsSaidOfTheNode() {
        Outcome outcome = ScenarioRunner.of(CRASH).explore(scenario -> {
            List<Service<Life>> shops = scenario.nodes("shop", 2, life -> {
                life.subscribe("orders", String.class, order -> life.step("commit"));
                return life;
            });
            scenario.channel("orders").send("a", "A");
            scenario.attempt(shops.get(1), life -> {});
            scenario.settle();
        });

        assertThat(Explored.claim(outcome))
                .contains("no step in any attempt of 'shop#2'")
                .doesNotContain("any attempt of 'shop'");
    }

    @Test
    void nodesThatShareTheirMemoryAreSaid() {
        Object shared = new Object();
        Outcome outcome = ScenarioRunner.of(DUPLICATE)
                .mayPassUndelivered(Explored.COUNTED)
                .explore(scenario -> {
                    scenario.nodes("shop", 2, life -> {
                        life.subscribe("orders", String.class, order -> {});
                        return shared;
                    });
                    scenario.channel("orders").send("a", "A");
                    scenario.settle();
                });

        assertThat(Explored.claim(outcome))
                .contains("the nodes of 'shop' may share their memory: their boots returned the same object");
    }

    @Test
    void aServiceAndNodesOfOneNameAreRefused() {
        assertRefused(
                scenario -> {
                    scenario.service("shop", life -> life);
                    scenario.nodes("shop", 2, life -> life);
                },
                "There is a service 'shop#1' already");
        assertRefused(
                scenario -> {
                    scenario.nodes("shop", 2, life -> life);
                    scenario.service("shop", life -> life);
                },
                "There is a service 'shop' already");
        assertRefused(
                scenario -> {
                    scenario.nodes("shop", 2, life -> life);
                    scenario.nodes("shop", 2, life -> life);
                },
                "There is a service 'shop#1' already");
    }

    @Test
    void aNumberOfNodesHasBounds() {
        assertRefused(scenario -> scenario.nodes("shop", 0, life -> life), "wants a number of nodes from 1 to 9");
        assertRefused(scenario -> scenario.nodes("shop", 10, life -> life), "wants a number of nodes from 1 to 9");
    }

    private static void assertRefused(ScenarioRunner.Body body, String sentence) {
        Outcome outcome = ScenarioRunner.of(CRASH).explore(body);

        assertThat(Explored.failed(outcome).cause())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(sentence);
    }
}
