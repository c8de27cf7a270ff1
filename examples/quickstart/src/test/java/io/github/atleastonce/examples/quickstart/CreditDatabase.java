package io.github.atleastonce.examples.quickstart;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A real PostgreSQL with the tables of the credit service. */
final class CreditDatabase implements AutoCloseable {

    private final PostgreSql postgres = PostgreSql.start();

    CreditDatabase() throws SQLException {
        postgres.execute("CREATE TABLE customer (id text PRIMARY KEY, credit int NOT NULL)");
        postgres.execute("CREATE TABLE reservation (order_id text PRIMARY KEY)");
    }

    DataSource dataSource() {
        return postgres.bare();
    }

    /** One customer with a credit of 100, and no reservation. */
    void reset() throws SQLException {
        postgres.execute("TRUNCATE customer, reservation");
        postgres.execute("INSERT INTO customer VALUES ('c-1', 100)");
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
    public void close() {
        postgres.close();
    }
}
