package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.report.Customers.OrderCreated;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A credit service on a database, which tells of each reservation and does not ask whether it has made it. */
final class Reservations {

    record CreditReserved(String order, int left) {}

    private final JdbcDataSource database = new JdbcDataSource();

    Reservations(String name) {
        database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    }

    void reserveOnce(Scenario scenario) throws SQLException {
        execute("DROP ALL OBJECTS");
        execute("CREATE TABLE customer (id VARCHAR(9) PRIMARY KEY, credit INT)");
        execute("CREATE TABLE reservation (order_id VARCHAR(9), amount INT)");
        execute("INSERT INTO customer VALUES ('c-1', 100)");
        scenario.service("customers", life -> {
            DataSource tables = life.dataSource(database);
            life.subscribe("orders", OrderCreated.class, order -> reserve(life, tables, order));
            return life;
        });
        scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
        scenario.settle();
        assertCredit(70);
    }

    private static void reserve(Life life, DataSource tables, OrderCreated order) throws SQLException {
        try (Connection connection = tables.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO reservation VALUES (?, ?)");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE customer SET credit = credit - ? WHERE id = ?")) {
            connection.setAutoCommit(false);
            insert.setString(1, order.order());
            insert.setInt(2, order.amount());
            insert.executeUpdate();
            update.setInt(1, order.amount());
            update.setString(2, order.customer());
            update.executeUpdate();
            connection.commit();
        }
        life.send("reservations", order.order(), new CreditReserved(order.order(), order.amount()));
    }

    private void assertCredit(int expected) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT credit FROM customer")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(expected);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
