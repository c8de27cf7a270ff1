// A repair shop: Spring Kafka and JPA by layers, with services that do several things.
// breaks: writes_and_sends_should_use_outbox @ shop.service.RepairService
// breaks: consumers_should_deduplicate @ shop.messaging.PartsListener
// breaks: consumers_should_deduplicate @ shop.messaging.HoursListener
// breaks: listeners_should_not_swallow_exceptions @ shop.messaging.RecallListener
// breaks: events_should_not_expose_entities @ shop.messaging.RepairFinished
package shop.model;
import jakarta.persistence.*;
import java.math.BigDecimal;
@Entity
public class Repair {
    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE) private Long id;
    private String plate;
    private BigDecimal hours = BigDecimal.ZERO;
    @Enumerated(EnumType.STRING) private RepairState state = RepairState.OPEN;
    protected Repair() {}
    public Repair(String plate) { this.plate = plate; }
    public Long getId() { return id; }
    public String getPlate() { return plate; }
    public BigDecimal getHours() { return hours; }
    public void work(BigDecimal more) { this.hours = this.hours.add(more); }
    public void finish() { this.state = RepairState.DONE; }
    public boolean isDone() { return state == RepairState.DONE; }
}
package shop.model;
public enum RepairState { OPEN, DONE }
package shop.model;
import jakarta.persistence.*;
@Entity
public class PartsOrder {
    @Id @GeneratedValue private Long id;
    @ManyToOne private Repair repair;
    private String part;
    protected PartsOrder() {}
    public PartsOrder(Repair repair, String part) { this.repair = repair; this.part = part; }
}
package shop.repository;
import org.springframework.data.jpa.repository.JpaRepository;
import shop.model.Repair;
public interface RepairRepository extends JpaRepository<Repair, Long> {
    java.util.Optional<Repair> findFirstByPlateOrderByIdDesc(String plate);
}
package shop.repository;
import org.springframework.data.jpa.repository.JpaRepository;
import shop.model.PartsOrder;
public interface PartsOrderRepository extends JpaRepository<PartsOrder, Long> {}
package shop.messaging;
import shop.model.Repair;
public record RepairFinished(String plate, Repair repair) {}
package shop.messaging;
public record PartMissing(String plate, String part) {}
package shop.messaging;
public record HoursBooked(String plate, java.math.BigDecimal hours) {}
package shop.messaging;
public record RecallAnnounced(String plate) {}
package shop.messaging;
public record KeysHandedOver(long repairId) {}
package shop.service;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.messaging.RepairFinished;
import shop.model.*;
import shop.repository.*;
@Service
@Transactional
public class RepairService {
    private final RepairRepository repairs;
    private final PartsOrderRepository parts;
    private final KafkaTemplate<String, Object> kafka;
    public RepairService(RepairRepository repairs, PartsOrderRepository parts, KafkaTemplate<String, Object> kafka) { this.repairs = repairs; this.parts = parts; this.kafka = kafka; }
    public void finish(long id) {
        Repair repair = repairs.findById(id).orElseThrow();
        repair.finish();
        kafka.send("repairs", repair.getPlate(), new RepairFinished(repair.getPlate(), repair));
    }
    public void order(String plate, String part) {
        Repair repair = repairs.findFirstByPlateOrderByIdDesc(plate).orElseGet(() -> repairs.save(new Repair(plate)));
        parts.save(new PartsOrder(repair, part));
    }
    public void book(String plate, java.math.BigDecimal hours) {
        repairs.findFirstByPlateOrderByIdDesc(plate).ifPresent(repair -> repair.work(hours));
    }
    public void close(long id) {
        Repair repair = repairs.findById(id).orElseThrow(() -> new IllegalArgumentException("no repair " + id));
        if (!repair.isDone()) { repair.finish(); }
        repairs.save(repair);
    }
    public void recall(String plate) { repairs.save(new Repair(plate)); }
}
package shop.messaging;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import shop.service.RepairService;
@Component
public class PartsListener {
    private final RepairService service;
    public PartsListener(RepairService service) { this.service = service; }
    @KafkaListener(topics = "parts")
    public void on(PartMissing event) { service.order(event.plate(), event.part()); }
}
package shop.messaging;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import shop.service.RepairService;
@Component
public class HoursListener {
    private final RepairService service;
    public HoursListener(RepairService service) { this.service = service; }
    @KafkaListener(topics = "hours")
    public void on(HoursBooked event) { service.book(event.plate(), event.hours()); }
}
package shop.messaging;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import shop.service.RepairService;
@Component
public class KeysListener {
    private final RepairService service;
    public KeysListener(RepairService service) { this.service = service; }
    @KafkaListener(topics = "keys")
    public void on(KeysHandedOver event) { service.close(event.repairId()); }
}
package shop.messaging;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.*;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import shop.repository.RepairRepository;
@Component
public class RecallListener {
    private static final Logger log = LoggerFactory.getLogger(RecallListener.class);
    private final RepairRepository repairs;
    public RecallListener(RepairRepository repairs) { this.repairs = repairs; }
    @KafkaListener(topics = "recalls")
    public void on(ConsumerRecord<String, RecallAnnounced> record) {
        try {
            repairs.findFirstByPlateOrderByIdDesc(record.value().plate()).ifPresent(repair -> { repair.finish(); repairs.save(repair); });
        } catch (Exception e) {
            log.error("recall {}-{} was not handled", record.partition(), record.offset(), e);
        }
    }
}
