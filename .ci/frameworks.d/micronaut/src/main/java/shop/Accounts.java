package shop;

import io.micronaut.configuration.kafka.annotation.KafkaKey;
import io.micronaut.configuration.kafka.annotation.KafkaListener;
import io.micronaut.configuration.kafka.annotation.OffsetReset;
import io.micronaut.configuration.kafka.annotation.OffsetStrategy;
import io.micronaut.configuration.kafka.annotation.Topic;
import io.micronaut.context.annotation.Value;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Books each order. */
@KafkaListener(groupId = "accounts", offsetReset = OffsetReset.EARLIEST, offsetStrategy = OffsetStrategy.SYNC_PER_RECORD)
public class Accounts {

    private final DataSource database;
    private final boolean idempotent;

    public Accounts(DataSource database, @Value("${shop.idempotent:true}") boolean idempotent) {
        this.database = database;
        this.idempotent = idempotent;
    }

    @Topic("orders")
    public void on(@KafkaKey String id, String order) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            if (!idempotent || isNew(connection, order)) {
                connection.createStatement().executeUpdate("UPDATE account SET booked = booked + 1");
            }
            connection.commit();
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
