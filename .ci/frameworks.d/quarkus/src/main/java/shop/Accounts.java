package shop;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Books each order. */
@ApplicationScoped
public class Accounts {

    private final DataSource database;
    private final boolean idempotent;

    public Accounts(
            DataSource database, @ConfigProperty(name = "shop.idempotent", defaultValue = "true") boolean idempotent) {
        this.database = database;
        this.idempotent = idempotent;
    }

    @Incoming("orders")
    @Blocking
    @Transactional
    public void on(String order) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!idempotent || isNew(connection, order)) {
                connection.createStatement().executeUpdate("UPDATE account SET booked = booked + 1");
            }
        }
    }

    private boolean isNew(Connection connection, String order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO inbox SELECT ? WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE id = ?)")) {
            insert.setString(1, order);
            insert.setString(2, order);
            return insert.executeUpdate() == 1;
        }
    }
}
