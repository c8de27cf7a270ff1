package shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Books each order, on a thread of its own. */
public final class Accounts implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final DataSource database;
    private final boolean idempotent;
    private final Thread thread = new Thread(this::work, "accounts");

    public Accounts(String servers, DataSource database, boolean idempotent) {
        this.database = database;
        this.idempotent = idempotent;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", servers,
                        "group.id", "accounts",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", false),
                new StringDeserializer(),
                new StringDeserializer());
        thread.start();
    }

    private void work() {
        try (consumer) {
            consumer.subscribe(List.of("orders"));
            while (true) {
                for (ConsumerRecord<String, String> order : consumer.poll(Duration.ofSeconds(1))) {
                    book(order.value());
                }
                commit();
            }
        } catch (WakeupException closing) {
            // the end
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private void commit() {
        try {
            consumer.commitSync();
        } catch (CommitFailedException | RebalanceInProgressException moved) {
            // the records come again, to whoever has the partition now
        }
    }

    private void book(String order) throws SQLException {
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

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }
}
