package io.github.atleastonce.examples.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Takes the amount from the credit whenever an order arrives. Kafka delivers at least once, so it may arrive twice. */
public final class NaiveReservation implements CreditReservation {

    private final DataSource database;

    /**
     * Creates the handler.
     *
     * @param database holds the table {@code customer}
     */
    public NaiveReservation(DataSource database) {
        this.database = database;
    }

    @Override
    public void reserve(OrderCreated order) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE customer SET credit = credit - ? WHERE id = ?")) {
            update.setInt(1, order.amount());
            update.setString(2, order.customerId());
            update.executeUpdate();
        }
    }
}
