package io.github.atleastonce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.SwitchBound;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two deliveries at once on a real database, step by step. */
class ConcurrentTests {

    private static final ScenarioRunner RUNNER =
            ScenarioRunner.of(Fault.CONCURRENT).mayPassUndelivered("interleavings are counted");
    private static final Bounds EVERY = Bounds.DEFAULT.withMaxFaults(1).withEveryInterleaving();

    record Order(String id, String customer, int amount) {}

    /** What a handler does in its transaction. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection, Order order) throws SQLException;
    }

    @BeforeEach
    void createTables() {
        Postgres.execute("DROP TABLE IF EXISTS inbox, customer");
        Postgres.execute("CREATE TABLE inbox (id TEXT); CREATE TABLE customer (id TEXT PRIMARY KEY, credit INT)");
    }

    @Test
    void theCanaryRaces() {
        assertThat(token(RUNNER.explore(scenario -> twice(scenario, ConcurrentTests::selectThenInsert))))
                .isEqualTo("1:concurrent(customers<orders[k1]/select inbox)");
    }

    @Test
    void aUniqueKeyStopsTheSecond() {
        Postgres.execute("ALTER TABLE inbox ADD PRIMARY KEY (id)");

        passes(RUNNER.explore(scenario -> twice(scenario, ConcurrentTests::selectThenInsert)));
    }

    @Test
    void insertingFirstWaitsForTheLock() {
        Postgres.execute("ALTER TABLE inbox ADD PRIMARY KEY (id)");

        passes(RUNNER.explore(scenario -> twice(scenario, ConcurrentTests::insertFirst)));
    }

    @Test
    void twoMessagesLoseAnUpdate() {
        assertThat(token(RUNNER.explore(scenario -> two(scenario, ConcurrentTests::readModifyWrite))))
                .isEqualTo("1:concurrent(customers<orders[k1]/select customer,customers<orders[k2])");
    }

    @Test
    void lockingTheRowKeepsBoth() {
        Postgres.execute("ALTER TABLE inbox ADD PRIMARY KEY (id)");

        passes(RUNNER.explore(scenario -> two(scenario, ConcurrentTests::lockModifyWrite)));
    }

    @Test
    void deadlocksEndQuicklyAndTheSameWay() {
        Postgres.execute("ALTER TABLE inbox ADD PRIMARY KEY (id)");
        List<Event.HandlerFailed> failures = new ArrayList<>();
        Outcome outcome = RUNNER.explore(scenario -> {
            two(scenario, ConcurrentTests::lockCrosswise);
            scenario.history().of(Event.HandlerFailed.class).forEach(failures::add);
        });

        passes(outcome);
        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(failed -> assertThat(((SQLException) failed.failure()).getSQLState())
                        .isEqualTo("40P01"));
    }

    @Test
    void aCrashCutsBoth() {
        Postgres.execute("ALTER TABLE inbox ADD PRIMARY KEY (id)");

        passes(ScenarioRunner.of(Fault.CONCURRENT, Fault.CRASH)
                .explore(scenario -> twice(scenario, ConcurrentTests::insertFirst)));
    }

    @Test
    void threeFaultsAreThreeTurns() {
        Postgres.execute("ALTER TABLE inbox ADD PRIMARY KEY (id)");
        Outcome outcome = RUNNER.within(Bounds.DEFAULT.withMaxFaults(4))
                .explore(scenario -> twice(scenario, ConcurrentTests::selectThenInsert));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Passed.class, passed -> {
            assertThat(passed.claim().exhausted()).isEqualTo(4);
        });
    }

    @Test
    void everyInterleavingOfSelectThenInsertFindsTheRace() {
        assertThat(token(RUNNER.within(EVERY).explore(scenario -> twice(scenario, ConcurrentTests::selectThenInsert))))
                .isEqualTo("1:concurrent(customers<orders[k1]/select inbox)");
    }

    @Test
    void everyInterleavingOfSelectThenInsertIsRunWhereNothingIsAsserted() {
        // 126 orders of four steps and an end each begin with the first SELECT; who comes second to UPDATE waits for a
        // COMMIT.
        assertThat(everyInterleaving(scenario -> race(scenario, ConcurrentTests::selectThenInsert)))
                .isEqualTo(104);
    }

    @Test
    void aUniqueKeyHoldsInEveryInterleaving() {
        Postgres.execute("ALTER TABLE inbox ADD PRIMARY KEY (id)");

        // The second to insert waits for the first and then fails, unless it sees the row.
        assertThat(everyInterleaving(scenario -> twice(scenario, ConcurrentTests::selectThenInsert)))
                .isEqualTo(26);
    }

    @Test
    void anAdvisoryLockHoldsInEveryInterleaving() {
        assertThat(everyInterleaving(scenario -> twice(scenario, ConcurrentTests::lockThenSelectThenInsert)))
                .isEqualTo(25);
    }

    private static long everyInterleaving(ScenarioRunner.Body body) {
        Outcome outcome = RUNNER.within(EVERY).explore(body);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().interleaving()).isEqualTo(new SwitchBound.Every()));
        return ((Outcome.Passed) outcome).claim().runs();
    }

    private static void lockThenSelectThenInsert(Connection connection, Order order) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext(?))")) {
            lock.setString(1, order.id());
            lock.executeQuery();
        }
        selectThenInsert(connection, order);
    }

    private static void selectThenInsert(Connection connection, Order order) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM inbox WHERE id = ?")) {
            select.setString(1, order.id());
            if (select.executeQuery().next()) {
                return;
            }
        }
        update(connection, "INSERT INTO inbox VALUES (?)", order.id());
        update(connection, "UPDATE customer SET credit = credit - 30 WHERE id = ?", order.customer());
    }

    private static void insertFirst(Connection connection, Order order) throws SQLException {
        if (remember(connection, order)) {
            update(connection, "UPDATE customer SET credit = credit - 30 WHERE id = ?", order.customer());
        }
    }

    private static void readModifyWrite(Connection connection, Order order) throws SQLException {
        readModifyWrite(connection, order, "SELECT credit FROM customer WHERE id = ?");
    }

    private static void lockModifyWrite(Connection connection, Order order) throws SQLException {
        if (remember(connection, order)) {
            readModifyWrite(connection, order, "SELECT credit FROM customer WHERE id = ? FOR UPDATE");
        }
    }

    private static void readModifyWrite(Connection connection, Order order, String query) throws SQLException {
        int credit;
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, order.customer());
            var row = select.executeQuery();
            row.next();
            credit = row.getInt(1);
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE customer SET credit = ? WHERE id = ?")) {
            update.setInt(1, credit - order.amount());
            update.setString(2, order.customer());
            update.executeUpdate();
        }
    }

    private static void lockCrosswise(Connection connection, Order order) throws SQLException {
        if (!remember(connection, order)) {
            return;
        }
        boolean odd = order.id().equals("o-1");
        update(connection, "UPDATE customer SET credit = credit WHERE id = ?", odd ? "c-1" : "c-2");
        update(connection, "UPDATE customer SET credit = credit WHERE id = ?", odd ? "c-2" : "c-1");
        update(connection, "UPDATE customer SET credit = credit - 30 WHERE id = ?", order.customer());
    }

    private static boolean remember(Connection connection, Order order) throws SQLException {
        return update(connection, "INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1;
    }

    private static int update(Connection connection, String sql, String argument) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, argument);
            return update.executeUpdate();
        }
    }

    private static void twice(Scenario scenario, Work work) {
        race(scenario, work);
        assertThat(credit()).isEqualTo(70);
    }

    private static void race(Scenario scenario, Work work) {
        customers(scenario, work);
        scenario.channel("orders").send("o-1", new Order("o-1", "c-1", 30));
        scenario.settle();
    }

    private static void two(Scenario scenario, Work work) {
        scenario.channel("orders", ChannelOptions.partitions(2));
        customers(scenario, work);
        scenario.channel("orders").send("o-1", new Order("o-1", "c-1", 30));
        scenario.channel("orders").send("o-2", new Order("o-2", "c-1", 30));
        scenario.settle();
        assertThat(credit()).isEqualTo(40);
    }

    private static void customers(Scenario scenario, Work work) {
        scenario.reset(() ->
                Postgres.execute("TRUNCATE inbox, customer; INSERT INTO customer VALUES ('c-1', 100), ('c-2', 100)"));
        scenario.service("customers", life -> {
            DataSource db = life.dataSource(Postgres.pool());
            life.subscribe("orders", Order.class, order -> handle(db, work, order));
            return db;
        });
    }

    private static void handle(DataSource db, Work work, Order order) throws SQLException {
        try (Connection connection = db.getConnection()) {
            connection.setAutoCommit(false);
            work.on(connection, order);
            connection.commit();
        }
    }

    private static long credit() {
        return Postgres.query("SELECT credit FROM customer WHERE id = 'c-1'");
    }

    private static void passes(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().exhausted()).isEqualTo(2));
    }

    private static String token(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).token().toString();
    }
}
