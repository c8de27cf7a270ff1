package io.github.atleastonce.nodes;

import static io.github.atleastonce.schedule.Fault.CONCURRENT;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that each node of a service does now and then. */
class ScheduledJobTests {

    private static final String UNLOCKED = "SELECT id FROM invoice WHERE NOT sent";
    private static final String LOCKED = UNLOCKED + " FOR UPDATE SKIP LOCKED";

    private final JdbcDataSource h2 = new JdbcDataSource();

    ScheduledJobTests() {
        h2.setURL("jdbc:h2:mem:jobs;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000");
    }

    @BeforeEach
    void createTables() throws SQLException {
        execute("DROP ALL OBJECTS");
        execute("CREATE TABLE invoice (id INT PRIMARY KEY, sent BOOLEAN)");
        execute("CREATE TABLE mail (invoice INT)");
    }

    @Test
    void bothNodesDoWhatNobodyLocks() {
        Outcome outcome = ScenarioRunner.of(CONCURRENT).explore(scenario -> sendsInvoices(scenario, UNLOCKED));

        assertThat(Explored.token(outcome))
                .isEqualTo("1:concurrent(billing#1.invoices/select invoice,billing#2.invoices)");
    }

    @Test
    void oneNodeDoesWhatItHasLocked() {
        Outcome outcome = ScenarioRunner.of(CONCURRENT, CRASH).explore(scenario -> sendsInvoices(scenario, LOCKED));

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void oneNodeDoesWhatItHasLockedInEachInterleaving() {
        Outcome outcome = ScenarioRunner.of(CONCURRENT)
                .within(Bounds.DEFAULT.withMaxFaults(1).withEveryInterleaving())
                .explore(scenario -> sendsInvoices(scenario, LOCKED));

        assertThat(Explored.claim(outcome)).contains("every interleaving of the two included");
    }

    /** Schedulers do not let a job come in beside itself: a lock in memory is a good one against that. */
    @Test
    void aNodeDoesNotComeBesideItself() {
        assertThat(ScenarioRunner.of(CONCURRENT)
                        .mayPassUndelivered(Explored.COUNTED)
                        .explore(scenario -> {
                            scenario.nodes("billing", 2, life -> {
                                AtomicBoolean busy = new AtomicBoolean();
                                AtomicBoolean open = new AtomicBoolean(true);
                                life.poll("invoices", () -> {
                                    assertThat(busy.getAndSet(true)).as("busy").isFalse();
                                    life.step("look");
                                    busy.set(false);
                                    return open.getAndSet(false);
                                });
                                return life;
                            });
                            scenario.settle();
                        }))
                .isInstanceOf(Outcome.Passed.class);
    }

    /** As an optimistic lock does; a scheduler tells of it, and the job comes again. */
    @Test
    void aJobMayFailOfWhatAnotherInstanceHasDoneMeanwhile() {
        Outcome outcome = ScenarioRunner.of(CONCURRENT).explore(scenario -> {
            scenario.reset(
                    () -> execute("DELETE FROM mail; DELETE FROM invoice; INSERT INTO invoice VALUES (1, FALSE)"));
            scenario.service("billing", life -> {
                DataSource db = life.dataSource(h2);
                life.poll("invoices", () -> deleteNext(db));
                return db;
            });
            scenario.settle();
            assertThat(count("SELECT count(*) FROM invoice")).isZero();
            assertThat(count("SELECT count(*) FROM mail")).isEqualTo(1);
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    private static boolean deleteNext(DataSource db) {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            ResultSet rows = statement.executeQuery(UNLOCKED);
            boolean found = rows.next();
            if (found) {
                int id = rows.getInt(1);
                statement.executeUpdate("INSERT INTO mail VALUES (" + id + ")");
                if (statement.executeUpdate("DELETE FROM invoice WHERE id = " + id) == 0) {
                    connection.rollback();
                    throw new IllegalStateException("Invoice " + id + " was deleted by another transaction.");
                }
            }
            connection.commit();
            return found;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void sendsInvoices(Scenario scenario, String query) throws SQLException {
        scenario.reset(() -> execute("DELETE FROM mail; DELETE FROM invoice; INSERT INTO invoice VALUES (1, FALSE)"));
        scenario.nodes("billing", 2, life -> {
            DataSource db = life.dataSource(h2);
            life.poll("invoices", () -> sendNext(db, query));
            return db;
        });
        scenario.settle();
        assertThat(count("SELECT count(*) FROM mail")).isEqualTo(1);
    }

    private static boolean sendNext(DataSource db, String query) {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            ResultSet rows = statement.executeQuery(query);
            boolean found = rows.next();
            if (found) {
                int id = rows.getInt(1);
                statement.executeUpdate("INSERT INTO mail VALUES (" + id + ")");
                statement.executeUpdate("UPDATE invoice SET sent = TRUE WHERE id = " + id);
            }
            connection.commit();
            return found;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private int count(String sql) throws SQLException {
        try (Connection connection = h2.getConnection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
