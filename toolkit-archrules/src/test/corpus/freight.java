// Three modules of one repository, declared; one goes behind another's back, and one listens to too much.
// context: booking
// context: customs
// context: tracking
// budget: tracking booking 3
// breaks: contexts_should_use_only_published_contracts @ customs → booking
// breaks: foreign_events_within_budget @ tracking → booking
// breaks: events_should_not_expose_entities @ shop.booking.events.ContainerLoaded
// breaks: listeners_should_not_swallow_exceptions @ shop.tracking.TrackingConsumer
package shop.booking.events;
public record ContainerBooked(String container, String ship) {}
package shop.booking.events;
import java.util.List;
import shop.booking.model.Item;
public record ContainerLoaded(String container, List<Item> items) {}
package shop.booking.events;
public record ContainerShipped(String container, String port) {}
package shop.booking.events;
public record ContainerLanded(String container, String port) {}
package shop.booking.model;
import jakarta.persistence.*;
@Entity
public class Item {
    @Id private String code;
    private double weight;
    protected Item() {}
    public Item(String code, double weight) { this.code = code; this.weight = weight; }
    public String getCode() { return code; }
    public double getWeight() { return weight; }
}
package shop.booking.model;
public interface Items extends org.springframework.data.jpa.repository.JpaRepository<Item, String> {}
package shop.booking;
import org.springframework.kafka.core.KafkaTemplate;
import shop.booking.events.*;
import shop.booking.model.*;
public class LoadingReports {
    private final Items items;
    private final KafkaTemplate<String, Object> kafka;
    public LoadingReports(Items items, KafkaTemplate<String, Object> kafka) { this.items = items; this.kafka = kafka; }
    public void booked(String container, String ship) { kafka.send("booking", container, new ContainerBooked(container, ship)); }
    public void loaded(String container) { kafka.send("booking", container, new ContainerLoaded(container, items.findAll())); }
    public void shipped(String container, String port) { kafka.send("booking", container, new ContainerShipped(container, port)); }
    public void landed(String container, String port) { kafka.send("booking", container, new ContainerLanded(container, port)); }
}
package shop.customs;
import shop.booking.model.Items;
public class Declarations {
    private final Items items;
    public Declarations(Items items) { this.items = items; }
    public double weight() { return items.count() * 2.5; }
}
package shop.customs;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.booking.events.ContainerLanded;
public class ArrivalConsumer {
    private final JdbcTemplate jdbc;
    public ArrivalConsumer(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @KafkaListener(topics = "booking", groupId = "customs")
    public void on(ContainerLanded event) {
        jdbc.update("insert into arrival (container, port) values (?, ?) on conflict (container) do update set port = excluded.port", event.container(), event.port());
    }
}
package shop.tracking;
import org.springframework.kafka.annotation.*;
import shop.booking.events.*;
@KafkaListener(topics = "booking", groupId = "tracking")
public class TrackingConsumer {
    private static final org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(TrackingConsumer.class);
    private final Positions positions;
    public TrackingConsumer(Positions positions) { this.positions = positions; }
    @KafkaHandler
    public void on(ContainerBooked event) { positions.at(event.container(), "yard"); }
    @KafkaHandler
    public void on(ContainerLoaded event) { positions.at(event.container(), "deck"); }
    @KafkaHandler
    public void on(ContainerShipped event) { positions.at(event.container(), "sea of " + event.port()); }
    @KafkaHandler
    public void on(ContainerLanded event) {
        try {
            positions.at(event.container(), event.port());
        } catch (Exception e) {
            log.error("ignored", e);
        }
    }
}
package shop.tracking;
import org.springframework.jdbc.core.JdbcTemplate;
public class Positions {
    private final JdbcTemplate jdbc;
    public Positions(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public void at(String container, String place) {
        jdbc.update("update position set place = ? where container = ?", place, container);
    }
}
