// One program on the plain clients.
// breaks: consumers_should_deduplicate @ shop.Scanner
// breaks: listeners_should_not_swallow_exceptions @ shop.Scanner
// breaks: writes_and_sends_should_use_outbox @ shop.Scanner
package shop;
import java.sql.*;
import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
public class Scanner {
    private final KafkaConsumer<String, String> consumer;
    private final KafkaProducer<String, String> producer;
    private final Connection connection;
    private volatile boolean running = true;
    public Scanner(Properties settings, String url) throws SQLException {
        consumer = new KafkaConsumer<>(settings);
        producer = new KafkaProducer<>(settings);
        connection = DriverManager.getConnection(url);
    }
    public static void main(String[] args) throws SQLException { new Scanner(System.getProperties(), args[0]).run(); }
    void run() {
        consumer.subscribe(List.of("barcodes"));
        while (running) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                try {
                    handle(record);
                } catch (Exception e) {
                    System.err.println("skipped " + record.offset() + ": " + e);
                }
            }
            consumer.commitSync();
        }
    }
    private void handle(ConsumerRecord<String, String> record) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update stock set pieces = pieces - 1 where article = ?")) {
            update.setString(1, record.value());
            if (update.executeUpdate() == 0) {
                throw new SQLException("unknown article " + record.value());
            }
        }
        producer.send(new ProducerRecord<>("stock-changes", record.value(), "-1"));
    }
    void stop() { running = false; }
}
