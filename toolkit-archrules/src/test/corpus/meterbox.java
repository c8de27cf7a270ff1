// Plain Kafka clients and JDBC: all in one.
package shop;
import java.sql.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
// Commits the offsets of what it has not yet worked on; each row is a new one; the answer may never be sent.
// breaks: listeners_should_acknowledge_after_the_work @ shop.MeterBox
// breaks: consumers_should_deduplicate @ shop.MeterBox
// breaks: writes_and_sends_should_use_outbox @ shop.MeterBox
public class MeterBox {
    public static void main(String[] args) throws SQLException {
        java.util.Properties settings = new java.util.Properties();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings); KafkaProducer<String, String> producer = new KafkaProducer<>(settings);
                Connection connection = DriverManager.getConnection(args[0])) {
            consumer.subscribe(java.util.List.of("readings"));
            while (!Thread.currentThread().isInterrupted()) {
                ConsumerRecords<String, String> records = consumer.poll(java.time.Duration.ofSeconds(1));
                consumer.commitSync();
                for (ConsumerRecord<String, String> reading : records) {
                    try (PreparedStatement insert = connection.prepareStatement("insert into reading(meter, value) values (?, ?)")) {
                        insert.setString(1, reading.key()); insert.setString(2, reading.value()); insert.executeUpdate();
                    }
                    producer.send(new ProducerRecord<>("stored", reading.key(), reading.value()));
                }
            }
        }
    }
}
