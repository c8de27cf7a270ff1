package io.github.atleastonce.examples.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Remembers each order in the transaction that takes the amount: an idempotent consumer. */
public final class IdempotentReservation implements CreditReservation {

    private final DataSource database;

    /**
     * Creates the handler.
     *
     * @param database holds the tables {@code customer} and {@code reservation}
     */
    public IdempotentReservation(DataSource database) {
        this.database = database;
    }

    @Override
    public void reserve(OrderCreated order) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            if (isNew(order, connection)) {
                take(order, connection);
            }
            connection.commit();
        }
    }

    private static boolean isNew(OrderCreated order, Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO reservation (order_id) VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, order.orderId());
            return insert.executeUpdate() == 1;
        }
    }

    private static void take(OrderCreated order, Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE customer SET credit = credit - ? WHERE id = ?")) {
            update.setInt(1, order.amount());
            update.setString(2, order.customerId());
            update.executeUpdate();
        }
    }
}
