package io.github.atleastonce.kafka.spring;

import static io.github.atleastonce.schedule.Fault.COMMIT_FAILED;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.PAUSE;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two Spring contexts that are nodes of one service: members of one group of the broker, each with beans of its own. */
class SpringNodesTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);
    /** Keys of the first and of the second partition. */
    private static final String FIRST = "o-1";

    private static final String SECOND = "o-0";

    private static Broker broker;
    private static KafkaCluster kafka;
    private static JdbcTemplate db;

    @BeforeAll
    static void start() {
        broker = Broker.start(name -> Optional.empty());
        broker.createTopics(Map.of("orders", 2));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of("orders"));
        db = NodeService.database();
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
        db.execute("DROP ALL OBJECTS");
    }

    private static ConfigurableApplicationContext boot(Life life, Class<?> listener) {
        return NodeService.boot(life, listener, broker.bootstrapServers());
    }

    /** Orders of two customers, whose partitions are those of two nodes. */
    private static void orders(Scenario scenario, Class<?> listener, int rounds) {
        scenario.reset(() -> {
            db.execute("DELETE FROM processed");
            db.execute("DELETE FROM credit");
            db.update("INSERT INTO credit VALUES (?, 100, 0), (?, 100, 0)", FIRST, SECOND);
        });
        scenario.nodes("credit", 2, life -> boot(life, listener));
        for (int i = 1; i <= rounds; i++) {
            scenario.channel("orders").send(FIRST, "a-" + i + " 10");
            if (i == 1) {
                scenario.channel("orders").send(SECOND, "b-1 10");
            }
            scenario.settle();
        }
        assertThat(credit(FIRST)).isEqualTo(100 - 10 * rounds);
        assertThat(credit(SECOND)).isEqualTo(90);
    }

    /** Two orders of a customer at once, so that there is more to do for whoever takes over. */
    private static void twoAtOnce(Scenario scenario, Class<?> listener) {
        scenario.reset(() -> {
            db.execute("DELETE FROM processed");
            db.execute("DELETE FROM credit");
            db.update("INSERT INTO credit VALUES (?, 100, 0)", FIRST);
        });
        scenario.nodes("credit", 2, life -> boot(life, listener));
        scenario.channel("orders").send(FIRST, "a-1 10");
        scenario.channel("orders").send(FIRST, "a-2 10");
        scenario.settle();
        assertThat(credit(FIRST)).isEqualTo(80);
    }

    private static int credit(String customer) {
        return db.queryForObject("SELECT amount FROM credit WHERE customer = ?", Integer.class, customer);
    }

    private static Outcome explore(ScenarioRunner.Body body, Fault first, Fault... others) {
        return ScenarioRunner.of(first, others).on(kafka).within(ONE).explore(body);
    }

    private static Outcome.Failed failed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return (Outcome.Failed) outcome;
    }

    @Test
    void aCacheInEachContextIsStaleOnceAPartitionHasMoved() {
        Outcome.Failed outcome = failed(explore(scenario -> orders(scenario, NodeService.Caching.class, 3), REBALANCE));

        assertThat(outcome.token()).hasToString("1:rebalance(credit#1<orders[k1.2])");
        assertThat(Story.of(outcome).text()).contains("credit#1", "credit#2", "REBALANCE");
    }

    @Test
    void whatIsReadFromTheDatabaseIsNeverStale() {
        assertThat(explore(scenario -> orders(scenario, NodeService.Updating.class, 2), REBALANCE, CRASH))
                .isInstanceOf(Outcome.Passed.class);
    }

    /** The record is in the hands of both at the same time: the one that has stalled goes on with what it has read. */
    @Test
    void whoComesBackWritesOverWhatTheOthersHaveWritten() {
        Outcome.Failed outcome = failed(explore(scenario -> twoAtOnce(scenario, NodeService.Overwriting.class), PAUSE));

        assertThat(outcome.token()).hasToString("1:pause(credit#1<orders[k1]/select credit)");
    }

    @Test
    void aVersionKeepsWhoComesBackFromWriting() {
        assertThat(explore(scenario -> twoAtOnce(scenario, NodeService.Versioned.class), PAUSE))
                .isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void whatANodeCouldNotCommitComesAgain() {
        Outcome.Failed outcome =
                failed(explore(scenario -> orders(scenario, NodeService.Trusting.class, 1), REDELIVERY));

        assertThat(outcome.token()).hasToString("1:redelivery(credit#1<orders[k1]/commit offset)");
    }

    @Test
    void whatANodeRemembersInItsTransactionMayComeAgain() {
        assertThat(explore(scenario -> orders(scenario, NodeService.Updating.class, 1), REDELIVERY, COMMIT_FAILED))
                .isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aNodeLosesWhatItTakesBackAfterItsCommit() {
        Outcome.Failed outcome =
                failed(explore(scenario -> orders(scenario, NodeService.AcknowledgingTooSoon.class, 1), COMMIT_FAILED));

        assertThat(outcome.token()).hasToString("1:commit_failed(credit#1<orders[k1]/commit offset)");
    }

    @Test
    void aNodeThatAcknowledgesWhatIsDoneLosesNothing() {
        assertThat(explore(
                        scenario -> orders(scenario, NodeService.AcknowledgingInTime.class, 1),
                        COMMIT_FAILED,
                        REDELIVERY))
                .isInstanceOf(Outcome.Passed.class);
    }

    private static void assertRefused(Outcome outcome, String sentence) {
        assertThat(failed(outcome).cause()).hasStackTraceContaining(sentence);
    }

    @Test
    void theNewerProtocolIsRefused() {
        assertRefused(
                explore(scenario -> orders(scenario, NodeService.NewProtocol.class, 1), CRASH),
                "has group.protocol=consumer, and nodes want the classic protocol");
    }

    @Test
    void aRunThatIsNotOnKafkaIsRefused() {
        assertRefused(
                ScenarioRunner.of(CRASH).explore(scenario -> orders(scenario, NodeService.Updating.class, 1)),
                "'credit' in 'credit#1' reads from Kafka, and this run takes place elsewhere");
    }
}
