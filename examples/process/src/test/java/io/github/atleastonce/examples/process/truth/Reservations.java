package io.github.atleastonce.examples.process.truth;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Reserves credit for orders, and announces it: the service itself, which knows neither tests nor whether it runs in a process of its own. */
final class Reservations {

    private final DataSource db;
    private final Announcements announcements;
    private final Variant variant;

    /** Where reservations are announced. */
    interface Announcements {
        void send(String order) throws Exception;
    }

    Reservations(DataSource db, Announcements announcements, Variant variant) {
        this.db = db;
        this.announcements = announcements;
        this.variant = variant;
    }

    void on(OrderCreated order) throws Exception {
        boolean isNew = reserve(order);
        if (isNew || variant != Variant.SILENT_AFTERWARDS) {
            announcements.send(order.id());
        }
    }

    private boolean reserve(OrderCreated order) throws SQLException {
        try (Connection connection = db.getConnection()) {
            connection.setAutoCommit(false);
            boolean isNew = variant == Variant.FORGETFUL || remember(connection, order);
            if (isNew) {
                try (PreparedStatement update =
                        connection.prepareStatement("UPDATE customer SET credit = credit - ? WHERE id = ?")) {
                    update.setInt(1, order.total());
                    update.setString(2, order.customer());
                    update.executeUpdate();
                }
            }
            connection.commit();
            return isNew;
        }
    }

    private static boolean remember(Connection connection, OrderCreated order) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, order.id());
            return insert.executeUpdate() == 1;
        }
    }
}
