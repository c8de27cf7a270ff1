package io.github.atleastonce.sketches;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.scenario.Scenario;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Services over a real database, H2. */
final class Transactions {

    private static final DataSource DB = db();

    private record Price(int version, int amount) {}

    private Transactions() {}

    static Stream<Sketch> all() {
        return Stream.of(
                Sketch.of("a failed statement is logged", Transactions::logsFailure),
                Sketch.of("the cache is ahead of the database", Transactions::cachesFirst),
                Sketch.of(
                        "what failed goes to a retry channel, and the next change overtakes it",
                        Transactions::retriesLater),
                Sketch.of("a row is taken away and put back in two transactions", Transactions::replacesInTwo));
    }

    private static void logsFailure(Scenario scenario, boolean right) throws SQLException {
        scenario.reset(Transactions::clear);
        scenario.service("shop", life -> {
            DataSource db = life.dataSource(DB);
            life.subscribe("orders", String.class, order -> {
                try {
                    update(db, "MERGE INTO placed KEY (id) VALUES ('" + order + "')");
                } catch (SQLException logged) {
                    if (right) {
                        throw logged;
                    }
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(number("SELECT count(*) FROM placed")).isOne();
    }

    private static void cachesFirst(Scenario scenario, boolean right) throws SQLException {
        scenario.reset(Transactions::clear);
        scenario.service("shop", life -> {
            DataSource db = life.dataSource(DB);
            Set<String> cache = new HashSet<>();
            life.subscribe("orders", String.class, order -> {
                if (cache.contains(order)) {
                    return;
                }
                if (!right) {
                    cache.add(order);
                }
                update(db, "MERGE INTO placed KEY (id) VALUES ('" + order + "')");
                cache.add(order);
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(number("SELECT count(*) FROM placed")).isOne();
    }

    private static void retriesLater(Scenario scenario, boolean right) throws SQLException {
        scenario.reset(Transactions::clear);
        scenario.service("catalogue", life -> {
            DataSource db = life.dataSource(DB);
            life.subscribe("prices", Price.class, price -> {
                try {
                    apply(db, price, right);
                } catch (SQLException failure) {
                    life.send("prices.retry", "p-1", price);
                }
            });
            life.subscribe("prices.retry", Price.class, price -> apply(db, price, right));
            return life;
        });
        scenario.channel("prices").send("p-1", new Price(1, 10));
        scenario.channel("prices").send("p-1", new Price(2, 20));
        scenario.settle();
        assertThat(number("SELECT amount FROM price")).isEqualTo(20);
    }

    /** A late duplicate of the first price is as bad: the version tells both. */
    private static void apply(DataSource db, Price price, boolean right) throws SQLException {
        update(
                db,
                "UPDATE price SET version = " + price.version() + ", amount = " + price.amount()
                        + (right ? " WHERE version < " + price.version() : ""));
    }

    private static void replacesInTwo(Scenario scenario, boolean right) throws SQLException {
        scenario.reset(Transactions::clear);
        scenario.service("stock", life -> {
            DataSource db = life.dataSource(DB);
            life.subscribe("moves", String.class, move -> move(db, right));
            return life;
        });
        scenario.channel("moves").send("m-1", "m-1");
        scenario.settle();
        assertThat(number("SELECT count(*) FROM here")).isZero();
        assertThat(number("SELECT count(*) FROM there")).isOne();
    }

    private static void move(DataSource db, boolean right) throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(!right);
            boolean isHere = statement.executeUpdate("DELETE FROM here") == 1;
            if (isHere) {
                statement.executeUpdate("INSERT INTO there VALUES (1)");
            }
            if (right) {
                connection.commit();
            }
        }
    }

    private static DataSource db() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:sketches;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=1000");
        try {
            update(
                    source,
                    "CREATE TABLE placed (id VARCHAR(20) PRIMARY KEY); CREATE TABLE price (version INT, amount INT); "
                            + "CREATE TABLE here (id INT); CREATE TABLE there (id INT)");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return source;
    }

    private static void clear() throws SQLException {
        update(
                DB,
                "DELETE FROM placed; DELETE FROM price; INSERT INTO price VALUES (0, 0); DELETE FROM here; "
                        + "DELETE FROM there; INSERT INTO here VALUES (1)");
    }

    private static void update(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = DB.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
