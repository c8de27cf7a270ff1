package io.github.atleastonce.examples.quickstart;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A real PostgreSQL with the tables of the credit service. */
final class CreditDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    CreditDatabase() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        execute("CREATE TABLE customer (id text PRIMARY KEY, credit int NOT NULL)");
        execute("CREATE TABLE reservation (order_id text PRIMARY KEY)");
    }

    DataSource dataSource() {
        return postgres.getPostgresDatabase();
    }

    /** One customer with a credit of 100, and no reservation. */
    void reset() throws SQLException {
        execute("TRUNCATE customer, reservation");
        execute("INSERT INTO customer VALUES ('c-1', 100)");
    }

    int credit(String customer) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT credit FROM customer WHERE id = '" + customer + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
