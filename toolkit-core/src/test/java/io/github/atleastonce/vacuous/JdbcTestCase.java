package io.github.atleastonce.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.JDBC;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.jdbc.Postgres;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.PGConnection;

/** Services that write where no step is seen, or never commit. The shop books an order, and tells so in its outbox. */
class JdbcTestCase {

    private static final String URL = "jdbc:h2:mem:vacuous;DB_CLOSE_DELAY=-1";
    private static final JdbcDataSource H2 = h2();
    private static final String ORDER = "INSERT INTO placed SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM placed)";
    private static final String EVENT = "INSERT INTO event SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM event)";
    private static final String ESCAPED = "is not instrumented";

    private static boolean begun;

    /** Handles an order in two steps, one of which is not seen. */
    @FunctionalInterface
    private interface Handling {
        void handle(Life life, DataSource db) throws Exception;
    }

    static Stream<Way> ways() {
        return Stream.of(
                of("J1", "The bare data source is used beside the instrumented one", "bareBeside")
                        .fails("the bare data source")
                        .today(),
                of("J2", "Only the bare data source is used", "onlyBare")
                        .fails("the bare data source")
                        .today(),
                of("J3", "The order is written through connection.unwrap(…)", "unwrapped")
                        .fails(ESCAPED)
                        .today(),
                of("J4", "The order is written through getMetaData().getConnection()", "metadata")
                        .fails("CRASH after insert placed")
                        .today(),
                of("J5", "The order is written through statement.unwrap(…)", "statementUnwrapped")
                        .fails(ESCAPED)
                        .today(),
                of("J6", "The order is written through dataSource.unwrap(…)", "sourceUnwrapped")
                        .fails(ESCAPED)
                        .today(),
                of("J7", "The order is written through resultSet.getStatement().getConnection()", "resultSet")
                        .fails("CRASH after insert placed")
                        .today(),
                of("J8", "The order is written through DriverManager", "driverManager")
                        .fails("the bare data source")
                        .today(),
                of("J9", "The order is written by COPY", "copy").fails(ESCAPED).today(),
                of("J10", "The order is written by a thread that is joined", "otherThread")
                        .fails("on a thread of its own")
                        .today(),
                of("J11", "The order is written by CompletableFuture.runAsync(…).exceptionally(…)", "exceptionally")
                        .fails("on a thread of its own")
                        .today(),
                of("J12", "An audit on another thread fails, and that is caught there", "auditCaught")
                        .fails("on a thread of its own")
                        .today(),
                of("J13", "The handler asks for an XADataSource, is refused, and swallows that", "swallowsXa")
                        .fails("does not take part in XA transactions")
                        .today(),
                of("J14", "@FaultTest passes a handler that swallows SQLException", "swallowsSqlException")
                        .fails("CONNECTION_LOST")
                        .today(),
                of("J15", "Nothing is ever committed, and the test reads in the same connection", "neverCommitted")
                        .fails("was not ended")
                        .today(),
                of("J16", "One service writes through the data source of another", "foreignSource")
                        .says("not cut")
                        .today(),
                of("J17", "The database is not brought back between the runs", "noReset")
                        .fails("database without reset")
                        .today(),
                of("J18", "The service writes, and no table is looked at", "looksAtNothing")
                        .fails("passes even when nothing is delivered")
                        .today(),
                of("J19", "Two statements stand in one text, on autocommit", "severalInOne")
                        .invisible("one text is one step, whatever the server makes of it"),
                of("J20", "A database in memory stands for another kind", "otherKind")
                        .invisible("what is H2 here and PostgreSQL in production is not compared"),
                of("J21", "The bare data source is used while a transaction is open", "bareWithin")
                        .fails("the bare data source")
                        .today(),
                of("J22", "The bare data source is used while a transaction of a pool is open", "bareWithinPool")
                        .invisible("tables are looked at on a connection of their own, and a pool may have none left"));
    }

    private static Way.Draft of(String id, String does, String method) {
        return way(id, JDBC, does, JdbcTestCase.class, method);
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void bareBeside(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            update(H2, ORDER);
            update(db, EVENT);
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void bareWithin(Scenario scenario) {
        atomic(scenario, (life, db) -> within(db, H2));
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void bareWithinPool(Scenario scenario) {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(H2);
            atomic(scenario, pool, (life, db) -> within(db, H2));
        }
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void onlyBare(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            update(H2, ORDER);
            update(H2, EVENT);
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void unwrapped(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            try (Connection connection = db.getConnection();
                    Statement statement =
                            connection.unwrap(JdbcConnection.class).createStatement()) {
                statement.executeUpdate(ORDER);
                statement.executeUpdate(EVENT);
            }
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void metadata(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            try (Connection connection = db.getConnection();
                    Statement statement =
                            connection.getMetaData().getConnection().createStatement()) {
                statement.executeUpdate(ORDER);
                statement.executeUpdate(EVENT);
            }
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void statementUnwrapped(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            try (Connection connection = db.getConnection();
                    PreparedStatement order = connection.prepareStatement(ORDER);
                    PreparedStatement event = connection.prepareStatement(EVENT)) {
                order.unwrap(org.h2.jdbc.JdbcPreparedStatement.class).executeUpdate();
                event.unwrap(org.h2.jdbc.JdbcPreparedStatement.class).executeUpdate();
            }
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void sourceUnwrapped(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            DataSource bare = db.unwrap(JdbcDataSource.class);
            update(bare, ORDER);
            update(bare, EVENT);
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void resultSet(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            try (Connection connection = db.getConnection();
                    Statement query = connection.createStatement();
                    ResultSet rows = query.executeQuery("SELECT 1");
                    Statement statement = rows.getStatement().getConnection().createStatement()) {
                statement.executeUpdate(ORDER);
                statement.executeUpdate(EVENT);
            }
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void driverManager(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            try (Connection connection = DriverManager.getConnection(URL);
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(ORDER);
                statement.executeUpdate(EVENT);
            }
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void copy(Scenario scenario) {
        scenario.reset(() -> Postgres.execute("CREATE TABLE IF NOT EXISTS copied (id INT); DELETE FROM copied"));
        scenario.service("shop", life -> {
            DataSource db = life.dataSource(Postgres.pool());
            life.subscribe("orders", String.class, order -> {
                try (Connection connection = db.getConnection()) {
                    var copies = connection.unwrap(PGConnection.class).getCopyAPI();
                    if (Postgres.query("SELECT count(*) FROM copied") == 0) {
                        copies.copyIn("COPY copied FROM STDIN", new StringReader("1\n"));
                        copies.copyIn("COPY copied FROM STDIN", new StringReader("2\n"));
                    }
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(Postgres.query("SELECT count(*) FROM copied")).isEqualTo(2);
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void otherThread(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            for (String sql : List.of(ORDER, EVENT)) {
                Thread thread = new Thread(() -> quietly(db, sql));
                thread.start();
                thread.join();
            }
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void exceptionally(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            for (String sql : List.of(ORDER, EVENT)) {
                CompletableFuture.runAsync(() -> quietly(db, sql))
                        .exceptionally(failure -> null)
                        .join();
            }
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void auditCaught(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            update(db, ORDER + "; " + EVENT);
            CompletableFuture.runAsync(() -> quietly(db, "DELETE FROM audit"))
                    .exceptionally(failure -> null)
                    .join();
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void swallowsXa(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            try {
                db.unwrap(XADataSource.class);
            } catch (RuntimeException logged) {
                assertThat((Object) logged).isNotNull();
            }
            update(db, ORDER + "; " + EVENT);
        });
    }

    @FaultTest(maxFaults = 1)
    void swallowsSqlException(Scenario scenario) {
        atomic(scenario, (life, db) -> {
            try {
                update(db, ORDER + "; " + EVENT);
            } catch (SQLException logged) {
                assertThat((Object) logged).isNotNull();
            }
        });
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void neverCommitted(Scenario scenario) throws SQLException {
        scenario.reset(JdbcTestCase::clear);
        Connection[] kept = new Connection[1];
        scenario.service("shop", life -> {
            DataSource db = life.dataSource(H2);
            life.subscribe("orders", String.class, order -> {
                if (kept[0] == null) {
                    kept[0] = db.getConnection();
                    kept[0].setAutoCommit(false);
                    try (Statement statement = kept[0].createStatement()) {
                        statement.executeUpdate("INSERT INTO placed VALUES (1)");
                    }
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        try (Statement query = kept[0].createStatement();
                ResultSet row = query.executeQuery("SELECT count(*) FROM placed")) {
            row.next();
            assertThat(row.getLong(1)).isOne();
        }
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void foreignSource(Scenario scenario) throws SQLException {
        scenario.reset(JdbcTestCase::clear);
        var stock = scenario.service("stock", life -> life.dataSource(H2));
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                update(stock.get(), ORDER);
                update(stock.get(), EVENT);
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(count("event")).isEqualTo(count("placed")).isOne();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void noReset(Scenario scenario) throws SQLException {
        if (!begun) {
            clear();
            begun = true;
        }
        scenario.service("shop", life -> {
            DataSource db = life.dataSource(H2);
            life.subscribe("orders", String.class, order -> {
                if (count("event") == 0) {
                    update(db, "INSERT INTO event VALUES (1)");
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(count("event")).isOne();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void looksAtNothing(Scenario scenario) throws SQLException {
        scenario.reset(JdbcTestCase::clear);
        scenario.service("shop", life -> {
            DataSource db = life.dataSource(H2);
            life.subscribe("orders", String.class, order -> update(db, "INSERT INTO event VALUES (1)"));
            return life;
        });
        Books.order(scenario);
        scenario.settle();
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void severalInOne(Scenario scenario) {
        atomic(scenario, (life, db) -> update(db, ORDER + "; " + EVENT));
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void otherKind(Scenario scenario) {
        atomic(scenario, (life, db) -> update(db, ORDER + "; " + EVENT));
    }

    /** Claims that the order and its event are there together: wrong under a crash between the two, if one could come there. */
    private static void atomic(Scenario scenario, Handling handling) {
        atomic(scenario, H2, handling);
    }

    private static void atomic(Scenario scenario, DataSource bare, Handling handling) {
        scenario.reset(JdbcTestCase::clear);
        scenario.service("shop", life -> {
            DataSource db = life.dataSource(bare);
            life.subscribe("orders", String.class, order -> {
                if (count("placed") == 0) {
                    handling.handle(life, db);
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        try {
            assertThat(count("event")).isEqualTo(count("placed")).isOne();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Writes the event, and the order beside it, before the event is committed. */
    private static void within(DataSource db, DataSource bare) throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate(EVENT);
            update(bare, ORDER);
            connection.commit();
        }
    }

    private static JdbcDataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(URL);
        quietly(
                source,
                "CREATE TABLE IF NOT EXISTS placed (id INT); CREATE TABLE IF NOT EXISTS event (id INT); "
                        + "CREATE TABLE IF NOT EXISTS audit (id INT)");
        return source;
    }

    private static void clear() {
        quietly(H2, "DELETE FROM placed; DELETE FROM event");
    }

    private static void update(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static void quietly(DataSource source, String sql) {
        try {
            update(source, sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static long count(String table) throws SQLException {
        try (Connection connection = H2.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
