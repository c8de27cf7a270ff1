// Spring Kafka and JPA, one package a context, declared: restaurants, orders, kitchen, courier.
// context: order
// context: kitchen
// context: courier
package shop.order.events;
public record OrderCreated(String orderId, String restaurantId, java.util.List<Item> items, java.time.Instant at) {
    public record Item(String menuId, int quantity) {}
}
package shop.order.events;
public record OrderRevised(String orderId, int newTotal) {}
package shop.order.events;
// breaks: events_should_be_immutable @ shop.order.events.OrderDelayed
public class OrderDelayed {
    private String orderId;
    private int minutes;
    public OrderDelayed() {}
    public OrderDelayed(String orderId, int minutes) { this.orderId = orderId; this.minutes = minutes; }
    public String getOrderId() { return orderId; }
    public void setOrderId(String orderId) { this.orderId = orderId; }
    public int getMinutes() { return minutes; }
    public void setMinutes(int minutes) { this.minutes = minutes; }
}
package shop.order;
import jakarta.persistence.*;
@Entity @Table(name = "orders")
public class Order {
    @Id private String id; private String state; @ElementCollection private java.util.List<String> lines = new java.util.ArrayList<>();
    protected Order() {}
    Order(String id) { this.id = id; this.state = "NEW"; }
    void approve() { state = "APPROVED"; } void reject() { state = "REJECTED"; } String id() { return id; }
}
package shop.order;
interface OrderRepository extends org.springframework.data.jpa.repository.JpaRepository<Order, String> {
    java.util.List<Order> findByState(String state);
}
package shop.order;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
@Service
class OrderService {
    private final OrderRepository orders; private final OrderEventPublisher publisher; private final OutboxStore outbox;
    OrderService(OrderRepository orders, OrderEventPublisher publisher, OutboxStore outbox) { this.orders = orders; this.publisher = publisher; this.outbox = outbox; }
    @Transactional
    public Order create(String restaurant) {
        Order order = orders.save(new Order(restaurant));
        outbox.append(new shop.order.events.OrderCreated(order.id(), restaurant, java.util.List.of(), java.time.Instant.EPOCH));
        return order;
    }
    @Transactional(readOnly = true)
    public java.util.List<Order> open() { return orders.findByState("NEW"); }
}
package shop.order;
import org.springframework.stereotype.Service;
// breaks: writes_and_sends_should_use_outbox @ shop.order.OrderRevisionService
@Service
class OrderRevisionService {
    private final OrderRepository orders; private final OrderEventPublisher publisher;
    OrderRevisionService(OrderRepository orders, OrderEventPublisher publisher) { this.orders = orders; this.publisher = publisher; }
    public void revise(String id, int total) {
        var order = orders.findById(id).orElseThrow();
        order.approve();
        orders.save(order);
        if (total > 0) { publisher.publish(new shop.order.events.OrderRevised(id, total)); }
    }
}
package shop.order;
import org.springframework.transaction.annotation.Transactional;
// The entity is managed: its change is written at the commit, by no call that could be seen.
// breaks: writes_and_sends_should_use_outbox @ shop.order.OrderApproval
class OrderApproval {
    private final OrderRepository orders; private final OrderEventPublisher publisher;
    OrderApproval(OrderRepository orders, OrderEventPublisher publisher) { this.orders = orders; this.publisher = publisher; }
    @Transactional public void approve(String id) { orders.getReferenceById(id).approve(); publisher.publish(new shop.order.events.OrderRevised(id, 0)); }
}
package shop.order;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
@Component
class OrderEventPublisher {
    private static final String TOPIC = "orders";
    private final KafkaTemplate<String, Object> template;
    OrderEventPublisher(KafkaTemplate<String, Object> template) { this.template = template; }
    void publish(Object event) { template.send(TOPIC, event); }
    void late(String id) { template.send(TOPIC, new shop.order.events.OrderDelayed(id, 5)); }
}
package shop.order;
import jakarta.persistence.*;
@Entity class OutboxEntry { @Id @GeneratedValue Long id; String type; String payload; }
package shop.order;
class OutboxStore {
    private final EntityStore store; private final com.fasterxml.jackson.databind.ObjectMapper json;
    OutboxStore(EntityStore store, com.fasterxml.jackson.databind.ObjectMapper json) { this.store = store; this.json = json; }
    void append(Object event) {
        try { OutboxEntry entry = new OutboxEntry(); entry.payload = json.writeValueAsString(event); store.insert(entry); }
        catch (com.fasterxml.jackson.core.JsonProcessingException e) { throw new IllegalArgumentException(e); }
    }
}
package shop.order;
class EntityStore { private final jakarta.persistence.EntityManager em; EntityStore(jakarta.persistence.EntityManager em) { this.em = em; } void insert(Object o) { em.persist(o); } }
package shop.order;
import org.springframework.scheduling.annotation.Scheduled;
class OutboxPoller {
    private final jakarta.persistence.EntityManager em; private final org.springframework.kafka.core.KafkaTemplate<String, String> kafka;
    OutboxPoller(jakarta.persistence.EntityManager em, org.springframework.kafka.core.KafkaTemplate<String, String> kafka) { this.em = em; this.kafka = kafka; }
    @Scheduled(fixedDelay = 500)
    public void poll() {
        for (OutboxEntry entry : em.createQuery("from OutboxEntry", OutboxEntry.class).getResultList()) { send(entry); em.remove(entry); }
    }
    private void send(OutboxEntry entry) { kafka.send("orders", String.valueOf(entry.id), entry.payload); }
}
package shop.order;
import org.springframework.web.bind.annotation.*;
@RestController @RequestMapping("/orders")
class OrderController {
    private final OrderService service; private final RestaurantDirectory restaurants;
    OrderController(OrderService service, RestaurantDirectory restaurants) { this.service = service; this.restaurants = restaurants; }
    @PostMapping public String create(@RequestParam String restaurant) { if (!restaurants.exists(restaurant)) { return "unknown"; } return service.create(restaurant).id(); }
    @GetMapping public int open() { return service.open().size(); }
}
package shop.order;
class RestaurantDirectory {
    private final org.springframework.web.client.RestClient http;
    RestaurantDirectory(org.springframework.web.client.RestClient http) { this.http = http; }
    boolean exists(String id) { return http.get().uri("/restaurants/{id}", id).retrieve().toBodilessEntity().getStatusCode().is2xxSuccessful(); }
}
package shop.order;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;
class TicketEventsListener {
    private final OrderRepository orders; private final ProcessedEvents processed;
    TicketEventsListener(OrderRepository orders, ProcessedEvents processed) { this.orders = orders; this.processed = processed; }
    @KafkaListener(topics = "kitchen") @Transactional
    public void on(shop.kitchen.events.TicketAccepted event) {
        if (!processed.firstTime(event.eventId())) { return; }
        orders.findById(event.orderId()).ifPresent(order -> { order.approve(); orders.save(order); });
    }
    @KafkaListener(topics = "kitchen", groupId = "reject") @Transactional
    public void onRejected(shop.kitchen.events.TicketRejected event) { orders.findById(event.orderId()).ifPresent(Order::reject); }
}
package shop.order;
class ProcessedEvents {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    ProcessedEvents(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    boolean firstTime(String id) { return jdbc.update("insert into processed(id) values (?) on conflict do nothing", id) == 1; }
}
package shop.kitchen.events;
public sealed interface TicketEvent permits TicketAccepted, TicketRejected, TicketReady {}
package shop.kitchen.events;
public record TicketAccepted(String eventId, String orderId) implements TicketEvent {}
package shop.kitchen.events;
public record TicketRejected(String eventId, String orderId) implements TicketEvent {}
package shop.kitchen.events;
// breaks: events_should_not_expose_entities @ shop.kitchen.events.TicketReady
public record TicketReady(String eventId, String orderId, java.util.Optional<shop.kitchen.Ticket> ticket) implements TicketEvent {}
package shop.kitchen;
import jakarta.persistence.*;
@Entity public class Ticket { @Id String id; String orderId; public static Ticket of(String orderId) { Ticket t = new Ticket(); t.orderId = orderId; return t; } }
package shop.kitchen;
public interface TicketRepository extends org.springframework.data.repository.ListCrudRepository<Ticket, String> {}
package shop.kitchen;
import org.springframework.kafka.annotation.KafkaListener;
// breaks: consumers_should_deduplicate @ shop.kitchen.OrderEventsListener
class OrderEventsListener {
    private final TicketRepository tickets;
    OrderEventsListener(TicketRepository tickets) { this.tickets = tickets; }
    @KafkaListener(topics = "orders")
    void on(shop.order.events.OrderCreated event) { for (var item : event.items()) { tickets.save(Ticket.of(event.orderId() + item.menuId())); } }
}
package shop.kitchen;
import org.springframework.kafka.annotation.KafkaListener;
import org.slf4j.*;
// breaks: listeners_should_not_swallow_exceptions @ shop.kitchen.RevisionListener
class RevisionListener {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionListener.class);
    private final KitchenService kitchen;
    RevisionListener(KitchenService kitchen) { this.kitchen = kitchen; }
    @KafkaListener(topics = "orders")
    void on(shop.order.events.OrderRevised event) { try { kitchen.revise(event.orderId()); } catch (Exception e) { report(event.orderId(), e); } }
    private void report(String id, Exception e) { LOG.warn("revision of {} failed", id, e); }
}
package shop.kitchen;
import org.springframework.kafka.core.KafkaTemplate;
class KitchenService {
    private final KafkaTemplate<String, Object> kafka;
    KitchenService(KafkaTemplate<String, Object> kafka) { this.kafka = kafka; }
    void revise(String id) { if (id.isEmpty()) { throw new IllegalArgumentException(id); } kafka.send("kitchen", id, new shop.kitchen.events.TicketAccepted("e", id)); }
    void reject(String id) { kafka.send("kitchen", id, new shop.kitchen.events.TicketRejected("e", id)); }
    void ready(String id) { kafka.send("kitchen", id, new shop.kitchen.events.TicketReady("e", id, java.util.Optional.empty())); }
}
package shop.courier;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
class CourierListener {
    private static final org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(CourierListener.class);
    private final CourierPlan plan;
    CourierListener(CourierPlan plan) { this.plan = plan; }
    @KafkaListener(topics = "kitchen")
    void on(shop.kitchen.events.TicketEvent event, Acknowledgment ack) {
        try {
            if (event instanceof shop.kitchen.events.TicketReady ready) { plan.pickUp(ready.orderId()); }
            ack.acknowledge();
        } catch (RuntimeException e) { log.error("will come again", e); ack.nack(java.time.Duration.ofSeconds(1)); }
    }
    @KafkaListener(topics = "orders")
    void on(org.apache.kafka.clients.consumer.ConsumerRecord<String, shop.order.events.OrderCreated> record) {
        try { plan.expect(record.value().orderId()); }
        catch (Exception e) { throw new IllegalStateException("partition " + record.partition(), e); }
    }
}
package shop.courier;
class CourierPlan {
    private final java.util.Map<String, String> stops = new java.util.concurrent.ConcurrentHashMap<>();
    private final RouteClient routes;
    CourierPlan(RouteClient routes) { this.routes = routes; }
    void expect(String order) { stops.put(order, "expected"); }
    void pickUp(String order) { stops.remove(order); }
    String route(String order) { return routes.route(order); }
}
package shop.courier;
@org.springframework.cloud.openfeign.FeignClient(name = "routes") interface RouteClient { String route(String order); }
package shop.courier;
import org.springframework.kafka.annotation.KafkaListener;
// breaks: handlers_should_not_call_remotes @ shop.courier.DelayListener
class DelayListener {
    private final CourierPlan plan;
    DelayListener(CourierPlan plan) { this.plan = plan; }
    @KafkaListener(topics = "orders") void on(shop.order.events.OrderDelayed event) { plan.route(event.getOrderId()); }
}
package shop.courier;
// breaks: contexts_should_use_only_published_contracts @ courier → kitchen
class TicketLookup { private final shop.kitchen.TicketRepository tickets; TicketLookup(shop.kitchen.TicketRepository tickets) { this.tickets = tickets; } long count() { return tickets.count(); } }
