// Right code in many shapes: nothing is to be found here.
package shop.mail;
public record ParcelReceived(String id, String room, int weight) {}
package shop.mail;
public record ParcelHanded(String id) {}
package shop.mail;
import jakarta.persistence.*;
@Entity
public class Parcel {
    @Id private String id;
    private String room;
    private String state;
    @Version private int version;
    protected Parcel() {}
    public Parcel(String id, String room) { this.id = id; this.room = room; this.state = "HERE"; }
    public String getState() { return state; }
    public void hand() { state = "HANDED"; }
    public void move(String room) { this.room = room; }
}
package shop.mail;
public interface Parcels extends org.springframework.data.jpa.repository.JpaRepository<Parcel, String> {}
package shop.mail;
import jakarta.persistence.*;
@Entity
@Table(name = "outbox_message")
public class OutboxMessage {
    @Id @GeneratedValue private Long id;
    private String type;
    private String body;
    protected OutboxMessage() {}
    public OutboxMessage(String type, String body) { this.type = type; this.body = body; }
    public Long getId() { return id; }
    public String getType() { return type; }
    public String getBody() { return body; }
}
package shop.mail;
public interface OutboxMessages extends org.springframework.data.jpa.repository.JpaRepository<OutboxMessage, Long> {
    java.util.List<OutboxMessage> findTop20ByOrderByIdAsc();
}
package shop.mail;
import org.springframework.transaction.annotation.Transactional;
public class Desk {
    private final Parcels parcels;
    private final OutboxMessages outbox;
    public Desk(Parcels parcels, OutboxMessages outbox) { this.parcels = parcels; this.outbox = outbox; }
    @Transactional
    public void hand(String id) {
        Parcel parcel = parcels.findById(id).orElseThrow();
        parcel.hand();
        outbox.save(new OutboxMessage("ParcelHanded", "{\"id\":\"" + id + "\"}"));
    }
}
package shop.mail;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
public class OutboxPublisher {
    private final OutboxMessages outbox;
    private final KafkaTemplate<String, String> kafka;
    public OutboxPublisher(OutboxMessages outbox, KafkaTemplate<String, String> kafka) { this.outbox = outbox; this.kafka = kafka; }
    @Scheduled(fixedRate = 1000)
    public void publish() throws Exception {
        for (OutboxMessage message : outbox.findTop20ByOrderByIdAsc()) {
            kafka.send(message.getType(), message.getBody()).get(10, java.util.concurrent.TimeUnit.SECONDS);
            outbox.deleteById(message.getId());
        }
    }
}
package shop.mail;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;
public class ParcelListener {
    private final Parcels parcels;
    public ParcelListener(Parcels parcels) { this.parcels = parcels; }
    @KafkaListener(topics = "parcels")
    @Transactional
    public void received(ParcelReceived event) {
        Parcel parcel = parcels.findById(event.id()).orElseGet(() -> new Parcel(event.id(), event.room()));
        parcel.move(event.room());
        parcels.save(parcel);
    }
    @KafkaListener(topics = "handed")
    @Transactional
    public void handed(ParcelHanded event) {
        Parcel parcel = parcels.findById(event.id()).orElse(null);
        if (parcel == null || parcel.getState().equals("HANDED")) {
            return;
        }
        parcel.hand();
    }
}
package shop.mail;
import org.slf4j.*;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
public class WeightListener {
    private static final Logger log = LoggerFactory.getLogger(WeightListener.class);
    private final JdbcTemplate jdbc;
    public WeightListener(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @KafkaListener(topics = "parcels", groupId = "weights")
    public void weigh(ParcelReceived event) {
        int changed = jdbc.update("UPDATE parcel_weight SET grams = ? WHERE parcel = ?", event.weight(), event.id());
        if (changed == 0) {
            jdbc.update("INSERT INTO parcel_weight (parcel, grams) VALUES (?, ?) ON CONFLICT (parcel) DO NOTHING", event.id(), event.weight());
        }
        try {
            log.info("{} of {}", event.weight(), jdbc.queryForObject("SELECT max(grams) FROM parcel_weight", Integer.class));
        } catch (org.springframework.dao.EmptyResultDataAccessException e) {
            log.info("the first one");
        }
    }
}
package shop.mail;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.SendTo;
public class Translator {
    @KafkaListener(topics = "parcels", groupId = "translator")
    @SendTo("parcels-fr")
    public ParcelHanded translate(ParcelReceived event) { return new ParcelHanded(event.id()); }
}
