package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.PAUSE;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.nodes.NodeBodies;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nodes of one service on a real broker: the bodies that run in memory, with the same verdicts and tokens. */
class NodesOnKafkaTests {

    private static final String ORDERS = "orders";
    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);
    private static final Bounds TWO = Bounds.DEFAULT.withMaxFaults(2);

    private static Broker broker;
    private static KafkaCluster kafka;
    private static NodeBodies.Lines lines;

    @BeforeAll
    static void start() {
        broker = Broker.start(name -> Optional.empty());
        broker.createTopics(Map.of(ORDERS, 2));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of(ORDERS));
        lines = new NodeBodies.Lines(ORDERS, KafkaFaultTests.keyOf(0), KafkaFaultTests.keyOf(1));
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
    }

    private static Outcome explore(ScenarioRunner.Body body, Fault first, Fault... others) {
        return ScenarioRunner.of(first, others).on(kafka).within(ONE).explore(body);
    }

    private static Outcome.Failed failed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return (Outcome.Failed) outcome;
    }

    private static void assertPassed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aCacheInEachNodeIsStaleOnceAPartitionHasMoved() {
        Outcome outcome = explore(s -> NodeBodies.ordersOfTwoCustomers(s, lines, true), REBALANCE, DUPLICATE);

        assertThat(failed(outcome).token()).hasToString("1:rebalance(credit#1<orders[k1.2])");
    }

    @Test
    void aCacheInEachNodeIsStaleOnceTwoHaveDied() {
        Outcome outcome = ScenarioRunner.of(CRASH)
                .on(kafka)
                .within(TWO)
                .explore(s -> NodeBodies.ordersOfTwoCustomers(s, lines, true));

        assertThat(failed(outcome).token()).hasToString("1:crash(credit#1<orders[k1])+crash(credit#1<orders[k1.3])");
    }

    @Test
    void whatIsReadFromTheDatabaseIsNeverStale() {
        assertPassed(explore(
                s -> NodeBodies.ordersOfTwoCustomers(s, lines, false),
                REBALANCE,
                CRASH,
                PAUSE,
                DUPLICATE,
                REORDER,
                DELAY));
    }

    @Test
    void aSetOfWhatWasSeenInEachNodeForgetsWhatAnotherHasSeen() {
        Outcome outcome = explore(s -> NodeBodies.threeOrders(s, lines, true), REBALANCE, DUPLICATE);

        assertThat(failed(outcome).token()).hasToString("1:rebalance(credit#1<orders[k1.2])");
        assertThat(Story.of(failed(outcome)).text())
                .contains("✗ REBALANCE: credit#1 falls out of its group with OrderCreated")
                .containsPattern("OrderCreated\\(.*\\) +→ credit#2 +commit +REDELIVERY");
    }

    @Test
    void aSetOfWhatWasSeenInTheDatabaseHolds() {
        assertPassed(explore(s -> NodeBodies.threeOrders(s, lines, false), REBALANCE, DUPLICATE));
        assertPassed(ScenarioRunner.of(CRASH, PAUSE)
                .on(kafka)
                .within(TWO)
                .explore(s -> NodeBodies.threeOrders(s, lines, false)));
    }

    @Test
    void whoComesBackWritesOverWhatTheOthersHaveWritten() {
        Outcome outcome = explore(s -> NodeBodies.aLateWrite(s, lines, false), PAUSE);

        assertThat(failed(outcome).token()).hasToString("1:pause(credit#1<orders[k1]/select)");
    }

    @Test
    void aVersionKeepsWhoComesBackFromWriting() {
        assertPassed(explore(s -> NodeBodies.aLateWrite(s, lines, true), PAUSE, CRASH, REBALANCE));
    }

    @Test
    void aTokenIsReplayed() {
        ScheduleToken token = ScheduleToken.parse("1:pause(credit#1<orders[k1]/select)");

        assertThat(failed(ScenarioRunner.of(PAUSE).on(kafka).replay(token, s -> NodeBodies.aLateWrite(s, lines, false)))
                        .token())
                .isEqualTo(token);
    }

    @Test
    void aLeaseByTimeAloneLetsTwoLead() {
        assertThat(failed(explore(s -> NodeBodies.leads(s, false), PAUSE)).token())
                .hasToString("1:pause(billing#1.invoices/lease)");
        assertPassed(explore(s -> NodeBodies.leads(s, true), PAUSE));
    }

    private static List<List<String>> seenUnder(Fault fault, Body body) {
        List<List<String>> seen = new ArrayList<>();
        assertPassed(ScenarioRunner.of(fault)
                .on(kafka)
                .within(ONE)
                .mayPassUndelivered("schedules are counted")
                .explore(scenario -> seen.add(body.of(scenario))));
        return seen;
    }

    private interface Body {

        List<String> of(Scenario scenario);
    }

    @Test
    void whenANodeDiesTheOtherTakesOverUntilAllIsQuiet() {
        assertThat(seenUnder(CRASH, scenario -> NodeBodies.deliveriesOfTwoRounds(scenario, lines)))
                .contains(
                        List.of("shop#1:A1", "shop#2:B1", "|", "shop#1:A2", "shop#2:B2", "|"),
                        List.of("shop#2:A1", "shop#2:B1", "|", "shop#1:A2", "shop#2:B2", "|"),
                        List.of("shop#1:A1", "shop#1:B1", "|", "shop#1:A2", "shop#2:B2", "|"));
    }

    @Test
    void aNodeFallsOutOfItsGroupUntilAllIsQuiet() {
        assertThat(seenUnder(REBALANCE, scenario -> NodeBodies.deliveriesOfTwoRounds(scenario, lines)))
                .contains(List.of("shop#1:A1", "shop#2:B1", "|", "shop#1:A2", "shop#1:B2", "|"));
    }

    /** What was begun ends, and is acknowledged by nobody; the partition is with the other until all is quiet. */
    @Test
    void whatANodeReadsGoesToTheOtherWhileItStalls() {
        List<String> committed = new ArrayList<>();
        List<List<String>> seen = seenUnder(PAUSE, scenario -> {
            List<String> got = new ArrayList<>();
            NodeBodies.twoOrders(scenario, lines, got);
            committed.add(scenario.history().of(Event.Committed.class).count() + " commits");
            return got;
        });

        assertThat(seen)
                .contains(List.of(
                        "shop#1 gets A",
                        "shop#2 gets A",
                        "shop#2 has done A",
                        "shop#2 gets B",
                        "shop#2 has done B",
                        "shop#1 has done A",
                        "shop#1 gets C",
                        "shop#1 has done C"));
        assertThat(committed).containsOnly("3 commits");
    }
}
