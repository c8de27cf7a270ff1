// WebFlux, R2DBC and reactor-kafka in one service, its packages named after what its authors take for layers: shipments.
package shop;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class ShipmentApplication {
    public static void main(String[] args) { System.out.println("started " + args.length); }
}
package shop.dataaccess;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;
@Table("shipment")
public class Shipment {
    @Id private Long id; private final String orderNo; private String state;
    public Shipment(Long id, String orderNo, String state) { this.id = id; this.orderNo = orderNo; this.state = state; }
    public Long getId() { return id; } public String getOrderNo() { return orderNo; } public String getState() { return state; }
    public Shipment delayed() { state = "DELAYED"; return this; }
}
package shop.dataaccess;
import reactor.core.publisher.Mono;
public interface ShipmentRepository extends org.springframework.data.repository.reactive.ReactiveCrudRepository<Shipment, Long> {
    Mono<Shipment> findByOrderNo(String orderNo);
    Mono<Boolean> existsByOrderNo(String orderNo);
}
package shop.dataaccess;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;
@Table("note")
public class Note {
    @Id private Long id; private final String topic; private final String body;
    public Note(Long id, String topic, String body) { this.id = id; this.topic = topic; this.body = body; }
    public Long getId() { return id; } public String getTopic() { return topic; } public String getBody() { return body; }
}
package shop.dataaccess;
public interface NoteRepository extends org.springframework.data.repository.reactive.ReactiveCrudRepository<Note, Long> {}
package shop.events;
public record ShipmentDispatched(String orderNo, String carrier, java.time.Instant at) {}
package shop.events;
// breaks: events_should_be_immutable @ shop.events.ShipmentDelayed
public class ShipmentDelayed {
    private String orderNo; private int days;
    public String getOrderNo() { return orderNo; } public void setOrderNo(String orderNo) { this.orderNo = orderNo; }
    public int getDays() { return days; } public void setDays(int days) { this.days = days; }
}
package shop.events;
public record OrderPacked(String orderNo, String address) {}
package shop.interfaces;
import org.springframework.web.bind.annotation.*;
import reactor.core.publisher.Mono;
@RestController
public class ShipmentApi {
    private final shop.process.DispatchService dispatch; private final shop.query.Tracking tracking;
    ShipmentApi(shop.process.DispatchService dispatch, shop.query.Tracking tracking) { this.dispatch = dispatch; this.tracking = tracking; }
    @PostMapping("/shipments/{order}") public Mono<Void> dispatch(@PathVariable String order) { return dispatch.dispatch(order); }
    @GetMapping("/shipments/{order}") public Mono<String> track(@PathVariable String order) { return tracking.of(order); }
}
package shop.query;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
// Asks the carrier, for the web page only.
public class Tracking {
    private final WebClient carrier;
    Tracking(WebClient carrier) { this.carrier = carrier; }
    public Mono<String> of(String order) { return carrier.get().uri("/parcels/{order}", order).retrieve().bodyToMono(String.class); }
}
package shop.process;
import org.apache.kafka.clients.producer.ProducerRecord;
import reactor.core.publisher.Mono;
import reactor.kafka.sender.*;
// The row is there, and then the process dies before the broker has heard of it.
// breaks: writes_and_sends_should_use_outbox @ shop.process.DispatchService
public class DispatchService {
    private final shop.dataaccess.ShipmentRepository shipments; private final KafkaSender<String, Object> sender;
    DispatchService(shop.dataaccess.ShipmentRepository shipments, KafkaSender<String, Object> sender) { this.shipments = shipments; this.sender = sender; }
    public Mono<Void> dispatch(String order) {
        return shipments.save(new shop.dataaccess.Shipment(null, order, "OUT"))
                .flatMapMany(saved -> sender.send(Mono.just(SenderRecord.create(
                        new ProducerRecord<String, Object>("shipments", order, new shop.events.ShipmentDispatched(order, "dhl", java.time.Instant.now())), saved.getId()))))
                .then();
    }
}
package shop.process;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Mono;
// What is to be told is stored with the shipment; a job sends it.
public class DelayService {
    private final shop.dataaccess.ShipmentRepository shipments; private final shop.dataaccess.NoteRepository notes;
    DelayService(shop.dataaccess.ShipmentRepository shipments, shop.dataaccess.NoteRepository notes) { this.shipments = shipments; this.notes = notes; }
    @Transactional
    public Mono<Void> delay(String order) {
        return shipments.findByOrderNo(order).flatMap(found -> shipments.save(found.delayed()))
                .then(notes.save(new shop.dataaccess.Note(null, "shipments", order))).then();
    }
}
package shop.jobs;
import org.apache.kafka.clients.producer.ProducerRecord;
import reactor.core.publisher.Mono;
import reactor.kafka.sender.*;
// Reads what was stored, sends it, deletes what was sent.
public class NoteJob {
    private final shop.dataaccess.NoteRepository notes; private final KafkaSender<String, String> sender;
    NoteJob(shop.dataaccess.NoteRepository notes, KafkaSender<String, String> sender) { this.notes = notes; this.sender = sender; }
    @org.springframework.scheduling.annotation.Scheduled(fixedDelay = 500)
    public void run() {
        notes.findAll().concatMap(note -> sender.send(Mono.just(SenderRecord.create(new ProducerRecord<>(note.getTopic(), note.getBody()), note.getId())))
                .then(notes.delete(note))).blockLast();
    }
}
package shop.jobs;
import org.springframework.kafka.core.KafkaTemplate;
// Tells of what is late, and writes nothing.
public class DelayJob {
    private final shop.dataaccess.ShipmentRepository shipments; private final KafkaTemplate<String, Object> kafka;
    DelayJob(shop.dataaccess.ShipmentRepository shipments, KafkaTemplate<String, Object> kafka) { this.shipments = shipments; this.kafka = kafka; }
    @org.springframework.scheduling.annotation.Scheduled(cron = "0 0 6 * * *")
    public void tell() {
        for (shop.dataaccess.Shipment late : shipments.findAll().toIterable()) {
            shop.events.ShipmentDelayed event = new shop.events.ShipmentDelayed();
            event.setOrderNo(late.getOrderNo()); event.setDays(1);
            kafka.send("delays", late.getOrderNo(), event);
        }
    }
}
package shop.eventhandlers;
import reactor.kafka.receiver.*;
// Each delivery makes another row.
// breaks: consumers_should_deduplicate @ shop.eventhandlers.PackedReceiver
public class PackedReceiver {
    private final KafkaReceiver<String, shop.events.OrderPacked> receiver; private final shop.dataaccess.ShipmentRepository shipments;
    PackedReceiver(KafkaReceiver<String, shop.events.OrderPacked> receiver, shop.dataaccess.ShipmentRepository shipments) { this.receiver = receiver; this.shipments = shipments; }
    public void start() {
        receiver.receive().concatMap(record -> shipments.save(new shop.dataaccess.Shipment(null, record.value().orderNo(), "NEW"))
                .doOnSuccess(saved -> record.receiverOffset().acknowledge())).subscribe();
    }
}
package shop.eventhandlers;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.*;
// Looks first, in the same transaction, and stores once.
public class AddressReceiver {
    private final KafkaReceiver<String, shop.events.OrderPacked> receiver; private final shop.dataaccess.ShipmentRepository shipments;
    private final org.springframework.transaction.reactive.TransactionalOperator transaction;
    AddressReceiver(KafkaReceiver<String, shop.events.OrderPacked> receiver, shop.dataaccess.ShipmentRepository shipments, org.springframework.transaction.reactive.TransactionalOperator transaction) {
        this.receiver = receiver; this.shipments = shipments; this.transaction = transaction;
    }
    public void start() {
        receiver.receive().concatMap(record -> handle(record.value()).doOnSuccess(done -> record.receiverOffset().acknowledge())).subscribe();
    }
    Mono<Void> handle(shop.events.OrderPacked event) {
        return shipments.existsByOrderNo(event.orderNo())
                .flatMap(known -> known ? Mono.<Void>empty() : shipments.save(new shop.dataaccess.Shipment(null, event.orderNo(), "NEW")).then())
                .as(transaction::transactional);
    }
}
package shop.eventhandlers;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.kafka.receiver.*;
// Acknowledges on arrival; a crash before the insert loses the message.
// breaks: listeners_should_acknowledge_after_the_work @ shop.eventhandlers.HastyReceiver
public class HastyReceiver {
    private final KafkaReceiver<String, shop.events.OrderPacked> receiver; private final DatabaseClient database;
    HastyReceiver(KafkaReceiver<String, shop.events.OrderPacked> receiver, DatabaseClient database) { this.receiver = receiver; this.database = database; }
    public void start() {
        receiver.receive().concatMap(record -> {
            record.receiverOffset().acknowledge();
            return database.sql("insert into manifest(order_no) values (:no) on conflict do nothing").bind("no", record.value().orderNo()).fetch().rowsUpdated();
        }).subscribe();
    }
}
package shop.eventhandlers;
import org.slf4j.*;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.*;
// Whatever goes wrong is logged, and the message is done with.
// breaks: listeners_should_not_swallow_exceptions @ shop.eventhandlers.LossyReceiver
public class LossyReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(LossyReceiver.class);
    private final KafkaReceiver<String, shop.events.OrderPacked> receiver; private final DatabaseClient database;
    LossyReceiver(KafkaReceiver<String, shop.events.OrderPacked> receiver, DatabaseClient database) { this.receiver = receiver; this.database = database; }
    public void start() {
        receiver.receive().concatMap(record -> store(record.value().orderNo())
                .onErrorResume(failure -> { LOG.warn("skipped {}", record.key(), failure); return Mono.empty(); })
                .doFinally(signal -> record.receiverOffset().acknowledge())).subscribe();
    }
    private Mono<Long> store(String order) { return database.sql("merge into manifest using dual on order_no = :no").bind("no", order).fetch().rowsUpdated(); }
}
package shop.eventhandlers;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.kafka.receiver.*;
// breaks: handlers_should_not_call_remotes @ shop.eventhandlers.LabelReceiver
public class LabelReceiver {
    private final KafkaReceiver<String, shop.events.OrderPacked> receiver; private final WebClient labels;
    LabelReceiver(KafkaReceiver<String, shop.events.OrderPacked> receiver, WebClient labels) { this.receiver = receiver; this.labels = labels; }
    public void start() {
        receiver.receive().concatMap(record -> labels.put().uri("/labels/{order}", record.value().orderNo()).retrieve().toBodilessEntity()
                .doOnSuccess(answer -> record.receiverOffset().acknowledge())).subscribe();
    }
}
