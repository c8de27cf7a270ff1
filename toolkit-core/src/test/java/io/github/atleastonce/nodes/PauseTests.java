package io.github.atleastonce.nodes;

import static io.github.atleastonce.schedule.Fault.CONCURRENT;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.PAUSE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** A node that stalls past its lease, and comes back. */
class PauseTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);

    private static final NodeBodies.Lines LINES = new NodeBodies.Lines("orders", "a", "b");

    @Test
    void aLeaseByTimeAloneLetsTwoLead() {
        Outcome outcome =
                ScenarioRunner.of(PAUSE, CRASH).within(ONE).explore(scenario -> NodeBodies.leads(scenario, false));

        assertThat(Explored.token(outcome)).isEqualTo("1:pause(billing#1.invoices/lease)");
        assertThat(Story.of(Explored.failed(outcome)).text())
                .contains("✗ PAUSE: after lease of invoices of billing#1, while time passes and the others go on")
                .contains("invoices of billing#2");
    }

    @Test
    void aFencingTokenLetsOneLead() {
        Outcome outcome = ScenarioRunner.of(PAUSE, CRASH).explore(scenario -> NodeBodies.leads(scenario, true));

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aTokenIsReplayed() {
        ScenarioRunner runner = ScenarioRunner.of(PAUSE);
        Outcome.Failed failed = Explored.failed(runner.explore(scenario -> NodeBodies.leads(scenario, false)));

        assertThat(Explored.token(runner.replay(failed.token(), scenario -> NodeBodies.leads(scenario, false))))
                .isEqualTo(failed.token().toString());
    }

    private static void twoOrders(Scenario scenario, List<String> got) {
        scenario.channel("orders", ChannelOptions.partitions(2));
        NodeBodies.twoOrders(scenario, LINES, got);
    }

    private static void aLateWrite(Scenario scenario, boolean versioned) {
        scenario.channel("orders", ChannelOptions.partitions(2));
        NodeBodies.aLateWrite(scenario, LINES, versioned);
    }

    @Test
    void whoComesBackWritesOverWhatTheOthersHaveWritten() {
        Outcome outcome = ScenarioRunner.of(PAUSE).within(ONE).explore(scenario -> aLateWrite(scenario, false));

        assertThat(Explored.token(outcome)).isEqualTo("1:pause(credit#1<orders[k1]/select)");
    }

    @Test
    void aVersionKeepsWhoComesBackFromWriting() {
        Outcome outcome = ScenarioRunner.of(PAUSE, CRASH).explore(scenario -> aLateWrite(scenario, true));

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    /** What was begun ends, and is acknowledged by nobody; the partition is with the other until all is quiet. */
    @Test
    void whatANodeReadsGoesToTheOtherWhileItStalls() {
        List<List<String>> seen = new ArrayList<>();
        Explored explored = Explored.of(
                scenario -> {
                    List<String> got = new ArrayList<>();
                    twoOrders(scenario, got);
                    seen.add(got);
                },
                ONE,
                PAUSE);

        assertThat(explored.tokens())
                .containsExactly(
                        "1:",
                        "1:pause(shop#1<orders[k1])",
                        "1:pause(shop#1<orders[k1]/commit)",
                        "1:pause(shop#1<orders[k1.2])",
                        "1:pause(shop#1<orders[k1.2]/commit)",
                        "1:pause(shop#2<orders[k2])",
                        "1:pause(shop#2<orders[k2]/commit)");
        // The run without faults comes twice at first.
        assertThat(seen.get(3))
                .containsExactly(
                        "shop#1 gets A",
                        "shop#2 gets A",
                        "shop#2 has done A",
                        "shop#2 gets B",
                        "shop#2 has done B",
                        "shop#1 has done A",
                        "shop#1 gets C",
                        "shop#1 has done C");
    }

    @Test
    void timePassesWhileANodeStalls() {
        List<Duration> passed = new ArrayList<>();
        Outcome outcome = ScenarioRunner.of(PAUSE)
                .within(ONE.withDelay(Duration.ofHours(1)))
                .mayPassUndelivered(Explored.COUNTED)
                .explore(scenario -> {
                    Instant began = scenario.clock().instant();
                    twoOrders(scenario, new ArrayList<>());
                    passed.add(Duration.between(began, scenario.clock().instant()));
                });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(passed).contains(Duration.ZERO, Duration.ofHours(1));
    }

    /** Whoever does not move runs no timers either; they are late. */
    @Test
    void timersOfTheOneThatStallsAreLate() {
        List<List<String>> seen = new ArrayList<>();
        ScenarioRunner.of(PAUSE)
                .within(ONE)
                .mayPassUndelivered(Explored.COUNTED)
                .explore(scenario -> {
                    List<String> fired = new ArrayList<>();
                    seen.add(fired);
                    scenario.nodes("shop", 2, life -> {
                        life.after(Duration.ofSeconds(10), () -> fired.add(life.service()));
                        life.after(Duration.ofSeconds(20), () -> fired.add("cancelled"));
                        Runnable cancel = life.after(Duration.ofSeconds(30), () -> fired.add("cancelled late"));
                        life.subscribe("orders", String.class, order -> {
                            life.step("commit");
                            fired.add("end of " + life.service());
                            cancel.run();
                        });
                        return life;
                    });
                    scenario.channel("orders").send("a", "A");
                    scenario.settle();
                    fired.add("rest");
                    scenario.elapse(Duration.ofSeconds(1));
                });

        assertThat(seen)
                .contains(List.of(
                        "shop#2",
                        "cancelled",
                        "cancelled late",
                        "end of shop#2",
                        "end of shop#1",
                        "rest",
                        "shop#1",
                        "cancelled"));
    }

    @Test
    void aPauseIsOfferedOnlyWhereAnotherNodeIsUp() {
        Outcome alone = ScenarioRunner.of(PAUSE).explore(scenario -> {
            scenario.service("shop", life -> {
                life.subscribe("orders", String.class, order -> life.step("commit"));
                return life;
            });
            scenario.channel("orders").send("a", "A");
            scenario.settle();
        });

        assertThat(Explored.failed(alone).cause())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("No fault point was met: none of [PAUSE]");
        assertThat(Explored.of(s -> twoOrders(s, new ArrayList<>()), Bounds.DEFAULT, PAUSE, CRASH)
                        .tokens())
                .contains("1:pause(shop#1<orders[k1]/commit)+crash(shop#2<orders[k1])");
    }

    /** What nobody else reads waits, and is handled once. */
    @Test
    void whatOnlyTheOneReadsThatStallsWaits() {
        List<List<String>> seen = new ArrayList<>();
        ScenarioRunner.of(PAUSE)
                .within(ONE)
                .mayPassUndelivered(Explored.COUNTED)
                .explore(scenario -> {
                    List<String> got = new ArrayList<>();
                    seen.add(got);
                    scenario.channel("orders", ChannelOptions.partitions(2));
                    scenario.nodes("shop", 2, life -> {
                        if (life.service().equals("shop#1")) {
                            life.subscribe("orders", String.class, order -> {
                                got.add(order);
                                life.step("commit");
                                got.add("done");
                            });
                        }
                        life.poll("relay", () -> {
                            life.step("look");
                            return false;
                        });
                        return life;
                    });
                    scenario.channel("orders").send("a", "A");
                    scenario.channel("orders").send("b", "B");
                    scenario.settle();
                });

        assertThat(seen).hasSizeGreaterThan(6).containsOnly(List.of("A", "done", "B", "done"));
    }

    /** It goes on before the others have come to their end; what it has in hand is in its hands until it is acknowledged. */
    @Test
    void whatOnlyTheOneReadsThatHoldsALockIsHandledOnce() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:held;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000");
        execute(h2, "DROP ALL OBJECTS; CREATE TABLE customer (id INT PRIMARY KEY, credit INT)");
        List<List<String>> seen = new ArrayList<>();
        Outcome outcome = ScenarioRunner.of(PAUSE)
                .within(ONE)
                .mayPassUndelivered(Explored.COUNTED)
                .explore(scenario -> {
                    List<String> got = new ArrayList<>();
                    seen.add(got);
                    scenario.reset(() -> execute(h2, "DELETE FROM customer; INSERT INTO customer VALUES (1, 100)"));
                    scenario.nodes("credit", 2, life -> {
                        DataSource db = life.dataSource(h2);
                        if (life.service().equals("credit#1")) {
                            life.subscribe("orders", Integer.class, amount -> {
                                got.add("order of " + amount);
                                readModifyWrite(db, amount);
                            });
                        } else {
                            AtomicBoolean due = new AtomicBoolean(true);
                            life.poll("interest", () -> {
                                try {
                                    readModifyWrite(db, 0);
                                } catch (SQLException failure) {
                                    throw new IllegalStateException(failure);
                                }
                                return due.getAndSet(false);
                            });
                        }
                        return db;
                    });
                    scenario.channel("orders").send("a", 10);
                    scenario.channel("orders").send("a", 20);
                    scenario.settle();
                });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(seen).hasSizeGreaterThan(6).containsOnly(List.of("order of 10", "order of 20"));
    }

    /** Nobody takes its acknowledgement, so that cannot get lost either. */
    @Test
    void whoComesBackAcknowledgesNothing() {
        Explored explored = Explored.of(s -> twoOrders(s, new ArrayList<>()), Bounds.DEFAULT, PAUSE, REDELIVERY);

        assertThat(explored.tokens())
                .contains("1:pause(shop#1<orders[k1]/commit)+redelivery(shop#2<orders[k1])")
                .doesNotContain("1:pause(shop#1<orders[k1]/commit)+redelivery(shop#1<orders[k1])");
    }

    /** While one stalls the other may die, and nobody is left until the first comes back. */
    @Test
    void whoHasTakenOverMayDie() {
        Explored explored = Explored.of(s -> twoOrders(s, new ArrayList<>()), Bounds.DEFAULT, PAUSE, CRASH, DUPLICATE);

        assertThat(explored.outcome()).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aPauseAndASwitchGoTogether() {
        Explored explored = Explored.of(s -> twoOrders(s, new ArrayList<>()), Bounds.DEFAULT, PAUSE, CONCURRENT);

        assertThat(explored.outcome()).isInstanceOf(Outcome.Passed.class);
    }

    /** The others cannot go on before the one that stalls: it holds their row. */
    @Test
    void whoStallsKeepsItsLocks() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:pauses;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000");
        execute(h2, "DROP ALL OBJECTS; CREATE TABLE customer (id INT PRIMARY KEY, credit INT)");
        List<String> waits = new ArrayList<>();
        Outcome outcome = ScenarioRunner.of(PAUSE).explore(scenario -> {
            scenario.reset(() -> execute(h2, "DELETE FROM customer; INSERT INTO customer VALUES (1, 100)"));
            scenario.channel("orders", ChannelOptions.partitions(2));
            scenario.nodes("credit", 2, life -> {
                DataSource db = life.dataSource(h2);
                life.subscribe("orders", Integer.class, amount -> readModifyWrite(db, amount));
                return db;
            });
            scenario.channel("orders").send("a", 10);
            scenario.channel("orders").send("b", 10);
            scenario.settle();
            scenario.history().events().stream()
                    .filter(event -> event.getClass().getSimpleName().equals("Waiting"))
                    .forEach(event -> waits.add("waits"));
            try (Connection connection = h2.getConnection();
                    ResultSet row = connection.createStatement().executeQuery("SELECT credit FROM customer")) {
                row.next();
                // Redelivered without a mark of what was handled, so less may be left, but never what somebody has
                // overwritten.
                long handled = scenario.history().of(Event.Handled.class).count();
                assertThat(row.getInt(1)).isEqualTo(100 - 10 * (int) handled).isLessThan(100);
            }
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(waits).isNotEmpty();
    }

    private static void readModifyWrite(DataSource db, int amount) throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            ResultSet row = statement.executeQuery("SELECT credit FROM customer WHERE id = 1 FOR UPDATE");
            row.next();
            int left = row.getInt(1) - amount;
            statement.executeUpdate("UPDATE customer SET credit = " + left + " WHERE id = 1");
            connection.commit();
        }
    }

    private static void execute(DataSource db, String sql) throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
