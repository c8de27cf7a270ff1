package io.github.atleastonce.examples.webhooks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Keeps events in a table by their ids. */
final class StoredInbox implements Inbox {

    private final DataSource db;

    StoredInbox(DataSource db) {
        this.db = db;
    }

    @Override
    public void take(String id, String body) throws SQLException {
        try (Connection connection = db.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO inbox VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, id);
            insert.setString(2, body);
            insert.executeUpdate();
        }
    }
}
