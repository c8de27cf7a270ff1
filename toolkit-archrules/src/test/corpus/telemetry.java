// Plain kafka-clients and SmallRye: meters, alerts, archive, notices.
package shop.meter;
public record ReadingTaken(String meter, double value, long at) {}
package shop.meter;
import org.apache.kafka.clients.producer.*;
class MeterGateway implements AutoCloseable {
    private final KafkaProducer<String, ReadingTaken> producer; private final java.util.Queue<String> late = new java.util.ArrayDeque<>();
    MeterGateway(java.util.Properties settings) { producer = new KafkaProducer<>(settings); }
    void accept(String meter, double value) {
        producer.send(new ProducerRecord<>("readings", meter, new ReadingTaken(meter, value, 0)), (meta, failure) -> { if (failure != null) { late.add(meter); } });
    }
    public void close() { producer.close(); }
}
package shop.meter;
// breaks: writes_and_sends_should_use_outbox @ shop.meter.MeterRegistry
class MeterRegistry {
    private final javax.sql.DataSource data; private final org.apache.kafka.clients.producer.Producer<String, Object> producer;
    MeterRegistry(javax.sql.DataSource data, org.apache.kafka.clients.producer.Producer<String, Object> producer) { this.data = data; this.producer = producer; }
    void register(String meter) throws java.sql.SQLException { store(meter); announce(new MeterInstalled(meter)); }
    private void store(String meter) throws java.sql.SQLException {
        try (var connection = data.getConnection(); var insert = connection.prepareStatement("insert into meter values (?)")) { insert.setString(1, meter); insert.executeUpdate(); }
    }
    private void announce(Object event) { producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>("meters", event)); }
}
package shop.meter;
public record MeterInstalled(String meter) {}
package shop.alert;
import org.apache.kafka.clients.consumer.*;
// breaks: listeners_should_not_swallow_exceptions @ shop.alert.AlertLoop
class AlertLoop implements Runnable {
    private static final java.util.logging.Logger LOG = java.util.logging.Logger.getLogger("alert");
    private final KafkaConsumer<String, shop.meter.ReadingTaken> consumer; private final AlertRules rules; private volatile boolean open = true;
    AlertLoop(KafkaConsumer<String, shop.meter.ReadingTaken> consumer, AlertRules rules) { this.consumer = consumer; this.rules = rules; }
    public void run() {
        consumer.subscribe(java.util.List.of("readings"));
        while (open) {
            for (ConsumerRecord<String, shop.meter.ReadingTaken> record : consumer.poll(java.time.Duration.ofSeconds(1))) {
                try { rules.apply(record.value()); } catch (RuntimeException e) { LOG.log(java.util.logging.Level.WARNING, "skipped", e); }
            }
            consumer.commitSync();
        }
    }
    void stop() { open = false; }
}
package shop.alert;
class AlertRules {
    private final java.util.Map<String, Double> limits = new java.util.HashMap<>();
    void apply(shop.meter.ReadingTaken reading) { if (reading.value() > limits.getOrDefault(reading.meter(), 9d)) { throw new IllegalStateException(reading.meter()); } }
}
package shop.archive;
import org.apache.kafka.clients.consumer.*;
class ArchiveLoop {
    private final KafkaConsumer<String, String> consumer; private final com.fasterxml.jackson.databind.ObjectMapper json; private final Archive archive;
    ArchiveLoop(KafkaConsumer<String, String> consumer, com.fasterxml.jackson.databind.ObjectMapper json, Archive archive) { this.consumer = consumer; this.json = json; this.archive = archive; }
    void once() throws Exception {
        for (ConsumerRecord<String, String> record : consumer.poll(java.time.Duration.ofMillis(100))) {
            try { archive.keep(record.topic() + record.offset(), json.readValue(record.value(), shop.meter.ReadingTaken.class)); }
            catch (com.fasterxml.jackson.core.JsonProcessingException e) { archive.sendToDeadLetters(record.value()); }
            catch (RuntimeException e) { consumer.seek(new org.apache.kafka.common.TopicPartition(record.topic(), record.partition()), record.offset()); return; }
        }
    }
}
package shop.archive;
class Archive {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc; private final org.apache.kafka.clients.producer.Producer<String, String> producer;
    Archive(org.springframework.jdbc.core.JdbcTemplate jdbc, org.apache.kafka.clients.producer.Producer<String, String> producer) { this.jdbc = jdbc; this.producer = producer; }
    @Idempotent void keep(String id, shop.meter.ReadingTaken reading) { jdbc.update("insert into reading values (?, ?) on conflict do nothing", id, reading.value()); }
    void sendToDeadLetters(String text) { producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>("readings.dead", text)); }
}
package shop.archive;
@interface Idempotent {}
package shop.notice;
import org.eclipse.microprofile.reactive.messaging.*;
class NoticeProcessor {
    @Incoming("readings-in") @Outgoing("notices-out")
    NoticeRaised process(shop.meter.ReadingTaken reading) { return new NoticeRaised(reading.meter(), "high"); }
    @Incoming("readings-all")
    io.smallrye.mutiny.Uni<Void> count(Message<shop.meter.ReadingTaken> message) { return io.smallrye.mutiny.Uni.createFrom().voidItem(); }
}
package shop.notice;
public record NoticeRaised(String meter, String level) {}
package shop.notice;
import org.eclipse.microprofile.reactive.messaging.*;
// The write happens in the processor and the framework sends its result. The key refuses a second row, aloud.
// breaks: writes_and_sends_should_use_outbox @ shop.notice.StoringProcessor
class StoringProcessor {
    @jakarta.inject.Inject jakarta.persistence.EntityManager em;
    @Incoming("installed") @Outgoing("notices-out") @jakarta.transaction.Transactional
    NoticeRaised store(shop.meter.MeterInstalled event) { em.persist(new Notice(event.meter())); return new NoticeRaised(event.meter(), "new"); }
}
package shop.notice;
@jakarta.persistence.Entity class Notice { @jakarta.persistence.Id String id; Notice() {} Notice(String id) { this.id = id; } }
package shop.notice;
import org.eclipse.microprofile.reactive.messaging.*;
class NoticeMail {
    @Channel("mail") Emitter<MailRequested> mail;
    @Incoming("notices") void on(NoticeRaised notice) {
        try { mail.send(new MailRequested(notice.meter())); } catch (Exception e) { mail.send(new MailRequested("operator")); }
    }
}
package shop.notice;
public record MailRequested(String to) {}
package shop.notice;
import org.eclipse.microprofile.reactive.messaging.*;
// breaks: handlers_should_not_call_remotes @ shop.notice.SmsSender
class SmsSender {
    private final java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient();
    @Incoming("sms") void on(MailRequested request) throws Exception {
        http.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://sms/" + request.to())).build(), java.net.http.HttpResponse.BodyHandlers.ofString());
    }
}
package shop.notice;
import org.eclipse.microprofile.reactive.messaging.*;
// The failure disappears in a helper of another class, further than is followed.
// breaks: listeners_should_not_swallow_exceptions @ shop.notice.QuietListener
class QuietListener { private final Quietly quietly = new Quietly(); private final Counter counter = new Counter(); @Incoming("quiet") void on(NoticeRaised notice) { quietly.run(() -> counter.add(notice.level())); } }
package shop.notice;
class Quietly { void run(Runnable action) { try { action.run(); } catch (RuntimeException e) { java.util.logging.Logger.getLogger("q").warning(e.getMessage()); } } }
package shop.notice;
class Counter { private final java.util.Map<String, Integer> counts = new java.util.TreeMap<>(); void add(String level) { counts.merge(level, 1, Integer::sum); } }
package shop.notice;
import org.eclipse.microprofile.reactive.messaging.*;
class LevelView {
    private final Counter counter = new Counter();
    @Incoming("levels") void on(NoticeRaised notice) {
        try { counter.add(notice.level()); } finally { java.util.logging.Logger.getLogger("v").info("seen"); }
    }
}
