package io.github.atleastonce.report;

import static io.github.atleastonce.schedule.Fault.CONCURRENT;
import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.check.Outbox;
import io.github.atleastonce.jdbc.OutboxTable;
import io.github.atleastonce.jdbc.Postgres;
import io.github.atleastonce.report.Customers.OrderCreated;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stories of services on a real PostgreSQL: the statements, their tables and rows, and where commits fell. */
class DatabaseStoryTests {

    /** What a handler does on its connection. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection, OrderCreated order) throws SQLException;
    }

    @BeforeEach
    void createTables() {
        Postgres.execute("DROP TABLE IF EXISTS told_customer, told_inbox, told_order, told_outbox");
        Postgres.execute("CREATE TABLE told_customer (id TEXT PRIMARY KEY, credit INT); "
                + "CREATE TABLE told_inbox (id TEXT); "
                + "CREATE TABLE told_order (id TEXT PRIMARY KEY); "
                + "CREATE TABLE told_outbox (id TEXT PRIMARY KEY, sent BOOLEAN DEFAULT FALSE)");
    }

    @Test
    void crashBetweenTwoCommits() {
        Golden.tells("database-crash-between-commits", ScenarioRunner.of(CRASH), scenario -> {
            customers(scenario, (connection, order) -> {
                if (isNew(connection, order)) {
                    update(connection, "UPDATE told_customer SET credit = credit - ?", order.amount());
                    connection.commit();
                    update(connection, "INSERT INTO told_inbox VALUES (?)", order.order());
                }
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(credit()).isEqualTo(70);
        });
    }

    @Test
    void twoAtOnce() {
        Golden.tells("database-two-at-once", ScenarioRunner.of(CONCURRENT), scenario -> {
            customers(scenario, DatabaseStoryTests::selectThenInsert);
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(credit()).isEqualTo(70);
        });
    }

    @Test
    void twoMessagesInTurns() {
        Golden.tells("database-two-messages-in-turns", ScenarioRunner.of(CONCURRENT), scenario -> {
            scenario.channel("orders", ChannelOptions.partitions(2));
            customers(scenario, (connection, order) -> {
                long credit = credit(connection);
                update(connection, "INSERT INTO told_inbox VALUES (?)", order.order());
                update(connection, "UPDATE told_customer SET credit = ?", (int) credit - order.amount());
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.channel("orders").send("o-2", new OrderCreated("o-2", "c-1", 20));
            scenario.settle();
            assertThat(credit()).isEqualTo(50);
        });
    }

    @Test
    void oneWaitsForTheOther() {
        Golden.tells("database-one-waits", ScenarioRunner.of(CONCURRENT), scenario -> {
            customers(scenario, (connection, order) -> {
                update(connection, "UPDATE told_customer SET credit = credit - ?", order.amount());
                update(connection, "INSERT INTO told_inbox VALUES (?)", order.order());
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(credit()).isEqualTo(70);
        });
    }

    @Test
    void connectionLostAtTheCommit() {
        Golden.tells("database-connection-lost", ScenarioRunner.of(CONNECTION_LOST), scenario -> {
            customers(
                    scenario,
                    (connection, order) ->
                            update(connection, "UPDATE told_customer SET credit = credit - ?", order.amount()));
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(credit()).isEqualTo(70);
        });
    }

    @Test
    void outboxRowInItsOwnTransaction() {
        Golden.tells("database-outbox-apart", ScenarioRunner.of(CRASH), scenario -> shop(scenario, true));
    }

    @Test
    void outboxMarkedTooSoon() {
        Golden.tells(
                "database-outbox-marked-too-soon", ScenarioRunner.of(SEND_FAILED), scenario -> shop(scenario, false));
    }

    private static void customers(Scenario scenario, Work work) {
        scenario.reset(() -> Postgres.execute(
                "DELETE FROM told_customer; DELETE FROM told_inbox; INSERT INTO told_customer VALUES ('c-1', 100)"));
        scenario.service("customers", life -> {
            DataSource db = life.dataSource(Postgres.pool());
            life.subscribe("orders", OrderCreated.class, order -> {
                try (Connection connection = db.getConnection()) {
                    connection.setAutoCommit(false);
                    work.on(connection, order);
                    connection.commit();
                }
            });
            return db;
        });
    }

    private static void shop(Scenario scenario, boolean apart) throws Exception {
        scenario.reset(() -> Postgres.execute("DELETE FROM told_order; DELETE FROM told_outbox"));
        var shop = scenario.service("shop", life -> {
            DataSource db = life.dataSource(Postgres.pool());
            life.poll("relay", () -> relay(db, life, !apart));
            return db;
        });
        scenario.attempt(shop, db -> {
            try (Connection connection = db.getConnection()) {
                connection.setAutoCommit(false);
                update(connection, "INSERT INTO told_order VALUES (?)", "o-1");
                if (apart) {
                    connection.commit();
                }
                update(connection, "INSERT INTO told_outbox (id) VALUES (?)", "o-1");
                connection.commit();
            }
        });
        assertThat(Outbox.of(scenario, "events").in(Postgres.pool(), OutboxTable.polling("told_outbox", "id", "sent")))
                .publishesEveryCommitted(() -> strings("SELECT id FROM told_order"), OrderCreated::order);
    }

    private static boolean relay(DataSource db, Life life, boolean marksFirst) {
        try (Connection connection = db.getConnection()) {
            List<String> pending = strings(connection, "SELECT id FROM told_outbox WHERE NOT sent ORDER BY id");
            for (String order : pending) {
                if (marksFirst) {
                    update(connection, "UPDATE told_outbox SET sent = TRUE WHERE id = ?", order);
                }
                life.send("events", order, new OrderCreated(order, "c-1", 30));
                if (!marksFirst) {
                    update(connection, "UPDATE told_outbox SET sent = TRUE WHERE id = ?", order);
                }
            }
            return !pending.isEmpty();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void selectThenInsert(Connection connection, OrderCreated order) throws SQLException {
        if (isNew(connection, order)) {
            update(connection, "INSERT INTO told_inbox VALUES (?)", order.order());
            update(connection, "UPDATE told_customer SET credit = credit - ?", order.amount());
        }
    }

    private static boolean isNew(Connection connection, OrderCreated order) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM told_inbox WHERE id = ?")) {
            select.setString(1, order.order());
            return !select.executeQuery().next();
        }
    }

    private static void update(Connection connection, String sql, Object argument) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, argument);
            update.executeUpdate();
        }
    }

    private static long credit() {
        return Postgres.query("SELECT credit FROM told_customer");
    }

    private static long credit(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT credit FROM told_customer");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<String> strings(String sql) {
        try (Connection connection = Postgres.pool().getConnection()) {
            return strings(connection, sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
