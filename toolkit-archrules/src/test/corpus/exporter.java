// Plain Kafka clients and JDBC: all in one, and done with care.
package shop;
import java.sql.*;
import org.apache.kafka.clients.consumer.*;
// The key of the row is where the message stood; offsets are committed when the rows are.
public class Exporter {
    public static void main(String[] args) throws SQLException {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(new java.util.Properties()); Connection connection = DriverManager.getConnection(args[0])) {
            connection.setAutoCommit(false);
            consumer.subscribe(java.util.List.of("readings"));
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<String, String> reading : consumer.poll(java.time.Duration.ofSeconds(1))) {
                    try (PreparedStatement insert = connection.prepareStatement("insert into export(part, pos, value) values (?, ?, ?) on conflict do nothing")) {
                        insert.setInt(1, reading.partition()); insert.setLong(2, reading.offset()); insert.setString(3, reading.value()); insert.executeUpdate();
                    }
                }
                connection.commit();
                consumer.commitSync();
            }
        }
    }
}
