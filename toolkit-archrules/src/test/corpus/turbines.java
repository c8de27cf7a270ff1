// Plain clients with a loop of their own, and a JDBC store.
// breaks: listeners_should_acknowledge_after_the_work @ shop.wind.AlertLoop
// breaks: consumers_should_deduplicate @ shop.wind.EnergyLoop
// breaks: writes_and_sends_should_use_outbox @ shop.wind.EnergyLoop
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.wind.ServiceLoop
package shop.wind;
public record EnergyMeasured(String turbine, double kwh) {}
package shop.wind;
public record TurbineStopped(String turbine, String reason) {}
package shop.wind;
import java.sql.*;
import javax.sql.DataSource;
public class TurbineStore {
    private final DataSource database;
    public TurbineStore(DataSource database) { this.database = database; }
    public void add(String turbine, double kwh) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement update = connection.prepareStatement("UPDATE turbine SET kwh = kwh + ? WHERE name = ?")) {
            update.setDouble(1, kwh);
            update.setString(2, turbine);
            update.executeUpdate();
        }
    }
    public void stop(String turbine, String reason) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement update = connection.prepareStatement("UPDATE turbine SET running = FALSE, reason = ? WHERE name = ?")) {
            update.setString(1, reason);
            update.setString(2, turbine);
            update.executeUpdate();
        }
    }
}
package shop.wind;
import java.time.Duration;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
public class EnergyLoop implements Runnable {
    private final Consumer<String, EnergyMeasured> consumer;
    private final Producer<String, String> producer;
    private final TurbineStore store;
    private volatile boolean closed;
    public EnergyLoop(Consumer<String, EnergyMeasured> consumer, Producer<String, String> producer, TurbineStore store) { this.consumer = consumer; this.producer = producer; this.store = store; }
    @Override
    public void run() {
        while (!closed) {
            ConsumerRecords<String, EnergyMeasured> records = consumer.poll(Duration.ofMillis(500));
            records.forEach(this::handle);
            consumer.commitSync();
        }
    }
    private void handle(ConsumerRecord<String, EnergyMeasured> record) {
        try {
            store.add(record.value().turbine(), record.value().kwh());
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        producer.send(new ProducerRecord<>("energy-totals", record.key(), "changed"));
    }
    public void close() { closed = true; }
}
package shop.wind;
import java.time.Duration;
import org.apache.kafka.clients.consumer.*;
public class AlertLoop {
    private final KafkaConsumer<String, TurbineStopped> consumer;
    private final TurbineStore store;
    public AlertLoop(KafkaConsumer<String, TurbineStopped> consumer, TurbineStore store) { this.consumer = consumer; this.store = store; }
    public void once() throws java.sql.SQLException {
        ConsumerRecords<String, TurbineStopped> records = consumer.poll(Duration.ofSeconds(1));
        consumer.commitAsync();
        for (ConsumerRecord<String, TurbineStopped> record : records) {
            store.stop(record.value().turbine(), record.value().reason());
        }
    }
}
package shop.wind;
import java.time.Duration;
import java.util.concurrent.*;
import org.apache.kafka.clients.consumer.*;
public class ServiceLoop {
    private final KafkaConsumer<String, TurbineStopped> consumer;
    private final TurbineStore store;
    private final ExecutorService crew = Executors.newCachedThreadPool();
    public ServiceLoop(KafkaConsumer<String, TurbineStopped> consumer, TurbineStore store) { this.consumer = consumer; this.store = store; }
    public void once() {
        for (ConsumerRecord<String, TurbineStopped> record : consumer.poll(Duration.ofSeconds(1))) {
            crew.submit(() -> {
                store.stop(record.value().turbine(), "crew on its way");
                return null;
            });
        }
        consumer.commitSync();
    }
}
