package io.github.atleastonce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.SwitchBound;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Two deliveries at once on H2, which tells in a view of its own who waits for whom. */
class H2ConcurrentTests {

    private static final Bounds EVERY = Bounds.DEFAULT.withMaxFaults(1).withEveryInterleaving();
    private static final String DUPLICATE_KEY = "23505";

    private final JdbcDataSource h2 = new JdbcDataSource();

    H2ConcurrentTests() {
        h2.setURL("jdbc:h2:mem:concurrent;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000");
    }

    @Test
    void theCanaryRaces() {
        assertThat(explore("CREATE TABLE inbox (id INT)", new ArrayList<>()))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token())
                                .hasToString("1:concurrent(customers<orders[k1]/select inbox)"));
    }

    @Test
    void whoWaitsForALockLosesTheTurn() {
        List<Event.HandlerFailed> failures = new ArrayList<>();

        assertThat(explore("CREATE TABLE inbox (id INT PRIMARY KEY)", failures))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().exhausted()).isEqualTo(2));
        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(failed -> assertThat(((SQLException) failed.failure()).getSQLState())
                        .isEqualTo(DUPLICATE_KEY));
    }

    @Test
    void aUniqueKeyHoldsInEveryInterleaving() {
        assertThat(explore(EVERY, "CREATE TABLE inbox (id INT PRIMARY KEY)", new ArrayList<>()))
                .isInstanceOfSatisfying(Outcome.Passed.class, passed -> {
                    assertThat(passed.claim().interleaving()).isEqualTo(new SwitchBound.Every());
                    // Who fails at the INSERT rolls back, which is one more step than on a connection that is just
                    // closed.
                    assertThat(passed.claim().runs()).isEqualTo(37);
                });
    }

    @Test
    void aCrashCutsWhoWaits() {
        assertThat(explore("CREATE TABLE inbox (id INT PRIMARY KEY)", new ArrayList<>(), Fault.CRASH))
                .isInstanceOf(Outcome.Passed.class);
    }

    private Outcome explore(String inbox, List<Event.HandlerFailed> failures, Fault... others) {
        return explore(Bounds.DEFAULT, inbox, failures, others);
    }

    private Outcome explore(Bounds bounds, String inbox, List<Event.HandlerFailed> failures, Fault... others) {
        execute("DROP ALL OBJECTS");
        execute(inbox);
        execute("CREATE TABLE customer (credit INT)");
        return ScenarioRunner.of(Fault.CONCURRENT, others).within(bounds).explore(scenario -> {
            body(scenario);
            scenario.history().of(Event.HandlerFailed.class).forEach(failures::add);
        });
    }

    private void body(Scenario scenario) throws SQLException {
        scenario.reset(() -> execute("DELETE FROM inbox; DELETE FROM customer; INSERT INTO customer VALUES (100)"));
        scenario.service("customers", life -> {
            DataSource db = life.dataSource(h2);
            life.subscribe("orders", Integer.class, amount -> handle(db, amount));
            return db;
        });
        scenario.channel("orders").send("o-1", 30);
        scenario.settle();
        try (Connection connection = h2.getConnection();
                var row = connection.createStatement().executeQuery("SELECT credit FROM customer")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(70);
        }
    }

    private static void handle(DataSource db, int amount) throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                if (!statement.executeQuery("SELECT id FROM inbox").next()) {
                    statement.executeUpdate("INSERT INTO inbox VALUES (1)");
                    statement.executeUpdate("UPDATE customer SET credit = credit - " + amount);
                }
                connection.commit();
            } catch (SQLException failure) {
                connection.rollback();
                throw failure;
            }
        }
    }

    private void execute(String sql) {
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
