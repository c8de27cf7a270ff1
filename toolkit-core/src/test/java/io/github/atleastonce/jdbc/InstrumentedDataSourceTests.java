package io.github.atleastonce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstrumentedDataSourceTests {

    private final JdbcDataSource h2 = new JdbcDataSource();
    private int others;

    InstrumentedDataSourceTests() {
        h2.setURL("jdbc:h2:mem:instrumented;DB_CLOSE_DELAY=-1");
    }

    @BeforeEach
    void createTables() throws SQLException {
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
            statement.execute("CREATE TABLE orders (id INT PRIMARY KEY, credit INT)");
        }
    }

    @Test
    void namesStepsAndTransactions() throws Exception {
        Scenario scenario = scenario("1:");
        scenario.attempt(service(scenario), db -> {
            try (Connection connection = db.getConnection();
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?, 0)");
                    Statement update = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int id = 1; id <= 3; id++) {
                    insert.setInt(1, id);
                    insert.addBatch();
                }
                insert.executeBatch();
                update.executeUpdate("UPDATE orders SET credit = 1 WHERE id > 1");
                connection.commit();
                update.execute("DELETE FROM orders");
                connection.rollback();
            }
        });

        assertThat(steps(scenario))
                .containsExactly("insert orders", "update orders", "commit", "delete orders", "rollback");
        assertThat(scenario.history().of(SqlEvent.Executed.class))
                .extracting(
                        SqlEvent.Executed::service,
                        SqlEvent.Executed::transaction,
                        SqlEvent.Executed::kind,
                        SqlEvent.Executed::table,
                        SqlEvent.Executed::rows)
                .startsWith(
                        tuple("shop", 1, "insert", "orders", OptionalLong.of(3)),
                        tuple("shop", 1, "update", "orders", OptionalLong.of(2)));
        assertThat(scenario.history().of(SqlEvent.TransactionEnded.class))
                .containsExactly(
                        new SqlEvent.TransactionEnded("shop", 1, true),
                        new SqlEvent.TransactionEnded("shop", 2, false));
    }

    @Test
    void autoCommitCommitsEachStatement() throws Exception {
        Scenario scenario = scenario("1:");
        scenario.attempt(service(scenario), db -> {
            try (Connection connection = db.getConnection();
                    Statement insert = connection.createStatement()) {
                insert.execute("INSERT INTO orders VALUES (1, 0)");
                insert.execute("INSERT INTO orders VALUES (2, 0)");
            }
        });

        assertThat(scenario.history().of(SqlEvent.TransactionEnded.class))
                .containsExactly(
                        new SqlEvent.TransactionEnded("shop", 1, true), new SqlEvent.TransactionEnded("shop", 2, true));
    }

    @Test
    void seesTheCommitInSetAutoCommit() throws Exception {
        Scenario scenario = scenario("1:");
        scenario.attempt(service(scenario), db -> {
            try (Connection connection = db.getConnection();
                    Statement insert = connection.createStatement()) {
                connection.setAutoCommit(false);
                insert.execute("INSERT INTO orders VALUES (1, 0)");
                connection.setAutoCommit(true);
                connection.setAutoCommit(true);
            }
        });

        assertThat(steps(scenario)).containsExactly("insert orders", "commit");
    }

    @Test
    void metadataIsNoStep() throws Exception {
        Scenario scenario = scenario("1:");
        scenario.attempt(service(scenario), db -> {
            try (Connection connection = db.getConnection();
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (1, 0)");
                    ResultSet tables = connection.getMetaData().getTables(null, null, "ORDERS", null)) {
                assertThat(tables.next()).isTrue();
                assertThat(insert.getParameterMetaData().getParameterCount()).isZero();
                assertThat(insert.getMetaData()).isNull();
                assertThat(connection.isValid(1)).isTrue();
                assertThat(connection.getSchema()).isEqualTo("PUBLIC");
                insert.executeUpdate();
            }
        });

        assertThat(steps(scenario)).containsExactly("insert orders");
    }

    @Test
    void savepointsEndNoTransaction() throws Exception {
        Scenario scenario = scenario("1:");
        scenario.attempt(service(scenario), db -> {
            try (Connection connection = db.getConnection();
                    Statement insert = connection.createStatement()) {
                connection.setAutoCommit(false);
                insert.execute("INSERT INTO orders VALUES (1, 0)");
                var savepoint = connection.setSavepoint();
                insert.execute("INSERT INTO orders VALUES (2, 0)");
                connection.rollback(savepoint);
                connection.commit();
            }
        });

        assertThat(steps(scenario))
                .containsExactly("insert orders", "insert orders", "rollback to savepoint", "commit");
        assertThat(scenario.history().of(SqlEvent.TransactionEnded.class))
                .containsExactly(new SqlEvent.TransactionEnded("shop", 1, true));
    }

    @Test
    void seesCallsAndWritesThroughResultSets() throws Exception {
        Scenario scenario = scenario("1:");
        scenario.attempt(service(scenario), db -> {
            try (Connection connection = db.getConnection();
                    CallableStatement call = connection.prepareCall("CALL ABS(-1)");
                    Statement query =
                            connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
                call.execute();
                try (ResultSet rows = query.executeQuery("SELECT id, credit FROM orders")) {
                    rows.moveToInsertRow();
                    rows.updateInt(1, 7);
                    rows.insertRow();
                    assertThat(rows.getStatement()).isEqualTo(query);
                }
                assertThat(query.getConnection()).isEqualTo(connection);
            }
        });

        assertThat(steps(scenario)).containsExactly("call abs", "select orders", "insert orders");
    }

    @Test
    void refusesXaAndUnwrapsTheRest() throws Exception {
        DataSource db = service(scenario("1:")).get();

        assertThat(db.isWrapperFor(XADataSource.class)).isFalse();
        assertThatThrownBy(() -> db.unwrap(XADataSource.class))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("XA");
        assertThat(db.unwrap(JdbcDataSource.class)).isSameAs(h2);
        try (Connection connection = db.getConnection()) {
            assertThat(connection.unwrap(org.h2.jdbc.JdbcConnection.class)).isNotNull();
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("H2");
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    /** Whatever leads back to the connection leads back to the one that the service has. */
    @Test
    void noWayBackLeadsBeneath() throws Exception {
        Scenario scenario = scenario("1:");
        scenario.attempt(service(scenario), db -> {
            try (Connection connection = db.getConnection();
                    Statement query = connection.createStatement();
                    ResultSet rows = query.executeQuery("SELECT * FROM orders");
                    ResultSet tables = connection.getMetaData().getTables(null, null, "ORDERS", null)) {
                assertThat(connection.getMetaData().getConnection()).isEqualTo(connection);
                assertThat(rows.getStatement()).isEqualTo(query);
                assertThat(rows.getStatement().getConnection()).isEqualTo(connection);
                assertThat(connection.unwrap(Connection.class)).isEqualTo(connection);
                assertThat(query.unwrap(Statement.class)).isEqualTo(query);
                assertThat(rows.unwrap(ResultSet.class)).isEqualTo(rows);
                assertThat(connection.isWrapperFor(Connection.class)).isTrue();
                assertThat(connection.isWrapperFor(String.class)).isFalse();
                Statement asked = tables.getStatement();
                assertThat(asked == null ? connection : asked.getConnection()).isEqualTo(connection);
            }
        });
        assertThat(caveats(scenario).refusal()).isEmpty();
    }

    /** As pools do when they test or prepare a connection; what another thread writes no schedule could place. */
    @Test
    void otherThreadsMayAskAndMayNotWrite() throws Exception {
        Scenario scenario = scenario("1:");
        DataSource db = service(scenario).get();
        assertThat(elsewhere(db, "SELECT 1")).isNull();
        assertThat(caveats(scenario).seen().said()).isEmpty();
        assertThat(elsewhere(db, "SELECT * FROM orders")).isNull();
        assertThat(caveats(scenario).seen().said()).containsExactly("work of the thread 'other-…' is not followed");
        assertThat(caveats(scenario).refusal()).isEmpty();

        assertThat(elsewhere(db, "INSERT INTO orders VALUES (1, 0)"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'shop' came to \"insert orders\" on a thread of its own, 'other-3'");
        assertThat(caveats(scenario).refusal()).isPresent();
        assertThat(rows()).isZero();
    }

    /** Pools open and close connections on threads of their own, also when the life is over; an Error would end those. */
    @Test
    void otherThreadsOfADeadLifeAreToldAsDriversTell() throws Exception {
        Scenario scenario = scenario("1:crash(shop#1/insert orders)");
        Service<DataSource> shop = service(scenario);
        DataSource dead = shop.get();
        scenario.attempt(shop, db -> {
            try (Connection connection = db.getConnection();
                    Statement insert = connection.createStatement()) {
                insert.execute("INSERT INTO orders VALUES (1, 0)");
            }
        });

        assertThat(elsewhere(dead, "SELECT 1"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("08003"))
                .hasCauseInstanceOf(Crash.class);
        assertThatThrownBy(dead::getConnection).isInstanceOf(Crash.class);
        assertThat(caveats(scenario).refusal()).isEmpty();
    }

    /** Executes a statement on another thread, and returns what it threw. */
    private Throwable elsewhere(DataSource db, String sql) throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(
                () -> {
                    try (Connection connection = db.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    } catch (Throwable failure) {
                        thrown[0] = failure;
                    }
                },
                "other-" + ++others);
        thread.start();
        thread.join();
        return thrown[0];
    }

    private static Caveats caveats(Scenario scenario) {
        return scenario.history().caveats();
    }

    @Test
    void aDeadLifeIsRefused() throws Exception {
        Scenario scenario = scenario("1:crash(shop#1/insert orders)");
        Service<DataSource> shop = service(scenario);
        Connection[] kept = new Connection[1];
        DataSource[] old = {shop.get()};
        scenario.attempt(shop, db -> {
            kept[0] = db.getConnection();
            kept[0].setAutoCommit(false);
            kept[0].createStatement().execute("INSERT INTO orders VALUES (1, 0)");
        });

        assertThatThrownBy(() -> kept[0].commit()).isInstanceOf(Crash.class);
        assertThatThrownBy(() -> kept[0].setAutoCommit(true)).isInstanceOf(Crash.class);
        assertThatThrownBy(() -> old[0].getConnection()).isInstanceOf(Crash.class);
        assertThat(kept[0].isClosed()).isTrue();
        assertThat(kept[0].isValid(1)).isFalse();
        kept[0].close();
        assertThat(rows()).isZero();
        assertThat(shop.get()).isNotSameAs(old[0]);
    }

    @Test
    void aLostConnectionTellsTheApplication() throws Exception {
        Scenario scenario = scenario("1:connection_lost(shop#1/commit,done)");
        Throwable[] met = new Throwable[2];
        var attempt = scenario.attempt(service(scenario), db -> {
            try (Connection connection = db.getConnection()) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("INSERT INTO orders VALUES (1, 0)");
                try {
                    connection.commit();
                } catch (SQLException lost) {
                    met[0] = lost;
                }
                try {
                    connection.rollback();
                } catch (SQLException closed) {
                    met[1] = closed;
                }
            }
        });

        assertThat(((SQLException) met[0]).getSQLState()).isEqualTo("08006");
        assertThat(((SQLException) met[1]).getSQLState()).isEqualTo("08003");
        assertThat(attempt.completed()).isTrue();
        assertThat(rows()).as("it took effect all the same").isOne();
    }

    @Test
    void whatTheBodyReadsIsNotDisturbed() throws Exception {
        Scenario scenario = scenario("1:crash(body/select orders)");
        DataSource db = service(scenario).get();
        try (Connection connection = db.getConnection()) {
            connection.createStatement().executeQuery("SELECT * FROM orders");
        }

        assertThat(ScenarioRun.of(scenario).schedule().trace().size()).isZero();
    }

    private Service<DataSource> service(Scenario scenario) {
        return scenario.service("shop", life -> life.dataSource(h2));
    }

    private long rows() throws SQLException {
        try (Connection connection = h2.getConnection();
                ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM orders")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Scenario scenario(String token) {
        Run run = new Run(
                ScheduleToken.parse(token).schedule(),
                Set.of(Fault.CRASH, Fault.CONNECTION_LOST),
                Bounds.DEFAULT,
                new Caveats());
        return Scenario.open(run, TransportFactory.IN_MEMORY);
    }

    private static List<String> steps(Scenario scenario) {
        return scenario.history()
                .of(Event.Stepped.class)
                .map(stepped -> stepped.step().name())
                .toList();
    }
}
