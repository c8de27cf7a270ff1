// A Spring Boot service of one context, its packages named after layers: tickets, on Spring Kafka and JPA.
package shop;
@org.springframework.context.annotation.Configuration
public class TicketApplication {
    public static void main(String[] args) { System.out.println("started " + args.length); }
}
package shop.config;
@org.springframework.context.annotation.Configuration
public class JsonConfig {
    @org.springframework.context.annotation.Bean
    public com.fasterxml.jackson.databind.ObjectMapper mapper() { return new com.fasterxml.jackson.databind.ObjectMapper(); }
}
package shop.model;
import jakarta.persistence.*;
@Entity
public class Ticket {
    @Id private String id; private String seat; private String state = "HELD";
    protected Ticket() {} public Ticket(String id, String seat) { this.id = id; this.seat = seat; }
    public String getId() { return id; } public String getSeat() { return seat; } public String getState() { return state; }
    public void setState(String state) { this.state = state; }
}
package shop.model;
import jakarta.persistence.*;
@Entity
public class ProcessedMessage {
    @Id private String id; protected ProcessedMessage() {} public ProcessedMessage(String id) { this.id = id; }
}
package shop.model;
import jakarta.persistence.*;
@Entity
public class OutboxEntry {
    @Id @GeneratedValue private Long id; private String topic; private String body;
    protected OutboxEntry() {} public OutboxEntry(String topic, String body) { this.topic = topic; this.body = body; }
    public String getTopic() { return topic; } public String getBody() { return body; }
}
package shop.repository;
public interface TicketRepository extends org.springframework.data.jpa.repository.JpaRepository<shop.model.Ticket, String> {
    java.util.List<shop.model.Ticket> findBySeat(String seat);
}
package shop.repository;
public interface ProcessedMessageRepository extends org.springframework.data.jpa.repository.JpaRepository<shop.model.ProcessedMessage, String> {}
package shop.repository;
public interface OutboxRepository extends org.springframework.data.jpa.repository.JpaRepository<shop.model.OutboxEntry, Long> {
    java.util.List<shop.model.OutboxEntry> findTop50ByOrderById();
}
package shop.dto;
public class TicketRequest {
    private String seat; public String getSeat() { return seat; } public void setSeat(String seat) { this.seat = seat; }
}
package shop.dto;
public record TicketView(String id, String seat, String state) {}
package shop.mapper;
import shop.dto.TicketView; import shop.model.Ticket;
public final class TicketMapper {
    private TicketMapper() {} public static TicketView view(Ticket ticket) { return new TicketView(ticket.getId(), ticket.getSeat(), ticket.getState()); }
}
package shop.events;
public record TicketBooked(String ticketId, String seat, java.time.Instant at) {}
package shop.events;
public record TicketReleased(String ticketId, java.time.Instant at) {}
package shop.events;
public record PaymentReceived(String messageId, String ticketId, long cents) {}
package shop.events;
public record PaymentRefused(String messageId, String ticketId) {}
package shop.exception;
public class TicketNotFoundException extends RuntimeException {
    public TicketNotFoundException(String id) { super("no ticket " + id); }
}
package shop.service;
import org.springframework.stereotype.Service; import org.springframework.transaction.annotation.Transactional;
// The outbox goes with the ticket.
@Service
public class BookingService {
    private final shop.repository.TicketRepository tickets; private final OutboxService outbox;
    BookingService(shop.repository.TicketRepository tickets, OutboxService outbox) { this.tickets = tickets; this.outbox = outbox; }
    @Transactional
    public shop.dto.TicketView book(String seat) {
        shop.model.Ticket ticket = tickets.save(new shop.model.Ticket(java.util.UUID.randomUUID().toString(), seat));
        outbox.add("tickets", new shop.events.TicketBooked(ticket.getId(), seat, java.time.Instant.now()));
        return shop.mapper.TicketMapper.view(ticket);
    }
}
package shop.service;
import org.springframework.stereotype.Service;
@Service
public class OutboxService {
    private final shop.repository.OutboxRepository entries; private final com.fasterxml.jackson.databind.ObjectMapper json;
    OutboxService(shop.repository.OutboxRepository entries, com.fasterxml.jackson.databind.ObjectMapper json) { this.entries = entries; this.json = json; }
    public void add(String topic, Object event) {
        try { entries.save(new shop.model.OutboxEntry(topic, json.writeValueAsString(event))); }
        catch (com.fasterxml.jackson.core.JsonProcessingException e) { throw new IllegalStateException(e); }
    }
}
package shop.service;
import org.springframework.stereotype.Component;
// The relay sends what is stored, and deletes it then: a duplicate is legal.
@Component
public class Relay {
    private final shop.repository.OutboxRepository entries; private final org.springframework.kafka.core.KafkaTemplate<String, String> kafka;
    Relay(shop.repository.OutboxRepository entries, org.springframework.kafka.core.KafkaTemplate<String, String> kafka) { this.entries = entries; this.kafka = kafka; }
    @org.springframework.scheduling.annotation.Scheduled(fixedDelay = 500)
    public void relay() throws Exception {
        for (shop.model.OutboxEntry entry : entries.findTop50ByOrderById()) {
            kafka.send(entry.getTopic(), entry.getBody()).get(); entries.delete(entry);
        }
    }
}
package shop.service;
import org.springframework.stereotype.Service; import org.springframework.transaction.annotation.Transactional;
// Somebody was in a hurry.
// breaks: writes_and_sends_should_use_outbox @ shop.service.ReleaseService
@Service
public class ReleaseService {
    private final shop.repository.TicketRepository tickets; private final shop.producer.TicketProducer producer;
    ReleaseService(shop.repository.TicketRepository tickets, shop.producer.TicketProducer producer) { this.tickets = tickets; this.producer = producer; }
    @Transactional
    public void release(String id) {
        tickets.findById(id).orElseThrow(() -> new shop.exception.TicketNotFoundException(id));
        tickets.deleteById(id); producer.released(id);
    }
}
package shop.producer;
import org.springframework.stereotype.Component;
@Component
public class TicketProducer {
    private final org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
    TicketProducer(org.springframework.kafka.core.KafkaTemplate<String, Object> kafka) { this.kafka = kafka; }
    public void released(String id) { kafka.send("tickets", id, new shop.events.TicketReleased(id, java.time.Instant.now())); }
}
package shop.service;
import org.springframework.stereotype.Service; import org.springframework.transaction.annotation.Transactional;
@Service
public class PaymentService {
    private final shop.repository.TicketRepository tickets; private final shop.repository.ProcessedMessageRepository processed;
    PaymentService(shop.repository.TicketRepository tickets, shop.repository.ProcessedMessageRepository processed) { this.tickets = tickets; this.processed = processed; }
    @Transactional
    public void paid(shop.events.PaymentReceived payment) {
        if (processed.existsById(payment.messageId())) { return; }
        processed.save(new shop.model.ProcessedMessage(payment.messageId()));
        shop.model.Ticket ticket = tickets.findById(payment.ticketId()).orElseThrow(() -> new shop.exception.TicketNotFoundException(payment.ticketId()));
        ticket.setState("PAID"); tickets.save(ticket);
    }
}
package shop.listener;
import org.springframework.kafka.annotation.KafkaListener; import org.springframework.stereotype.Component;
@Component
public class PaymentListener {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(PaymentListener.class);
    private final shop.service.PaymentService payments;
    PaymentListener(shop.service.PaymentService payments) { this.payments = payments; }
    @KafkaListener(topics = "payments")
    public void on(shop.events.PaymentReceived payment) { LOG.info("paid {}", payment.ticketId()); payments.paid(payment); }
}
package shop.listener;
import org.springframework.kafka.annotation.KafkaListener; import org.springframework.stereotype.Component;
// Whatever goes wrong with a refusal is only logged. To delete what is gone does nothing.
// breaks: listeners_should_not_swallow_exceptions @ shop.listener.RefusalListener
@Component
public class RefusalListener {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(RefusalListener.class);
    private final shop.repository.TicketRepository tickets;
    RefusalListener(shop.repository.TicketRepository tickets) { this.tickets = tickets; }
    @KafkaListener(topics = "refusals")
    public void on(shop.events.PaymentRefused refused) {
        try { tickets.deleteById(refused.ticketId()); } catch (Exception e) { LOG.error("refusal lost", e); }
    }
}
package shop.controller;
import org.springframework.web.bind.annotation.*;
@RestController
public class TicketController {
    private final shop.service.BookingService booking; private final shop.service.ReleaseService releasing;
    private final shop.repository.TicketRepository tickets;
    TicketController(shop.service.BookingService booking, shop.service.ReleaseService releasing, shop.repository.TicketRepository tickets) { this.booking = booking; this.releasing = releasing; this.tickets = tickets; }
    @PostMapping("/tickets") public shop.dto.TicketView book(@RequestBody shop.dto.TicketRequest request) { return booking.book(request.getSeat()); }
    @DeleteMapping("/tickets/{id}") public void release(@PathVariable String id) { releasing.release(id); }
    @GetMapping("/tickets") public java.util.List<shop.dto.TicketView> bySeat(@RequestParam String seat) {
        return tickets.findBySeat(seat).stream().map(shop.mapper.TicketMapper::view).toList();
    }
}
package shop.client;
// Asked by the web pages only.
public class SeatMapClient {
    private final org.springframework.web.client.RestTemplate rest;
    SeatMapClient(org.springframework.web.client.RestTemplate rest) { this.rest = rest; }
    public String map(String hall) { return rest.getForObject("http://seats/" + hall, String.class); }
}
