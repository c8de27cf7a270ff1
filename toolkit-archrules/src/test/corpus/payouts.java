// Spring AMQP, JMS and Kafka with JPA, written to look like more, or less, than it is: claims, payouts, ledger, desk.
package shop.claim.events;
// Copies itself instead of changing.
public final class ClaimFiled {
    private final String claimId; private final java.util.List<String> documents;
    public ClaimFiled(String claimId, java.util.List<String> documents) { this.claimId = claimId; this.documents = java.util.List.copyOf(documents); }
    public String getClaimId() { return claimId; } public java.util.List<String> getDocuments() { return documents; }
    public ClaimFiled withDocuments(java.util.List<String> more) { return new ClaimFiled(claimId, more); }
    public static Builder builder() { return new Builder(); }
    public static final class Builder { private String claimId; public Builder claimId(String id) { this.claimId = id; return this; } public ClaimFiled build() { return new ClaimFiled(claimId, java.util.List.of()); } }
}
package shop.claim.events;
public record ClaimApproved(String claimId, long cents) {}
package shop.claim;
import jakarta.persistence.*;
@Entity
public class Claim {
    @Id private String id; private String state = "NEW"; @Transient private int looks; private int score;
    protected Claim() {} Claim(String id) { this.id = id; }
    void approve() { state = "APPROVED"; } String id() { return id; } boolean isOpen() { return "NEW".equals(state); }
    int look() { looks++; return looks; } Claim scored(int value) { score = value; return this; }
}
package shop.claim;
interface ClaimRepository extends org.springframework.data.jpa.repository.JpaRepository<Claim, String> {
    java.util.Optional<Claim> findByState(String state);
}
package shop.claim;
import org.springframework.transaction.annotation.Transactional;
// The found claim is written at the commit, and the broker is told before it.
// breaks: writes_and_sends_should_use_outbox @ shop.claim.ClaimDesk
class ClaimDesk {
    private final ClaimRepository claims; private final org.springframework.amqp.rabbit.core.RabbitTemplate rabbit;
    ClaimDesk(ClaimRepository claims, org.springframework.amqp.rabbit.core.RabbitTemplate rabbit) { this.claims = claims; this.rabbit = rabbit; }
    @Transactional
    public void approve(String id) {
        claims.findById(id).filter(Claim::isOpen).ifPresent(claim -> claim.approve());
        rabbit.convertAndSend("claims", "approved", new shop.claim.events.ClaimApproved(id, 0));
    }
}
package shop.claim;
import org.springframework.transaction.annotation.Transactional;
// Reads only; what it counts is not stored.
class ClaimReminder {
    private final ClaimRepository claims; private final org.springframework.amqp.rabbit.core.RabbitTemplate rabbit;
    ClaimReminder(ClaimRepository claims, org.springframework.amqp.rabbit.core.RabbitTemplate rabbit) { this.claims = claims; this.rabbit = rabbit; }
    @Transactional
    public void remind(String id) {
        Claim claim = claims.findById(id).orElseThrow();
        if (claim.look() > 0) { rabbit.convertAndSend("claims", "filed", new shop.claim.events.ClaimFiled(claim.id(), java.util.List.of())); }
    }
    @Transactional(readOnly = true)
    public void forecast(String id) {
        Claim claim = claims.findById(id).orElseThrow();
        rabbit.convertAndSend("claims", "forecast", new shop.claim.events.ClaimApproved(claim.scored(3).id(), 1));
    }
}
package shop.claim;
// No transaction: the found claim is detached, and its change goes nowhere.
class ClaimPreview {
    private final ClaimRepository claims; private final org.springframework.amqp.rabbit.core.RabbitTemplate rabbit;
    ClaimPreview(ClaimRepository claims, org.springframework.amqp.rabbit.core.RabbitTemplate rabbit) { this.claims = claims; this.rabbit = rabbit; }
    void preview(String id) {
        Claim claim = claims.findByState("NEW").orElseThrow(); claim.approve();
        rabbit.convertAndSend("previews", "preview", new shop.claim.events.ClaimApproved(claim.id(), 1));
    }
}
package shop.claim;
import org.springframework.transaction.annotation.Transactional;
// Tells the own process only; the listener after it stores the event with the claim.
class ClaimService {
    private final ClaimRepository claims; private final org.springframework.context.ApplicationEventPublisher events;
    ClaimService(ClaimRepository claims, org.springframework.context.ApplicationEventPublisher events) { this.claims = claims; this.events = events; }
    @Transactional public void approve(String id) { claims.getReferenceById(id).approve(); events.publishEvent(new shop.claim.events.ClaimApproved(id, 5)); }
}
package shop.claim;
import org.springframework.transaction.annotation.Transactional;
// breaks: writes_and_sends_should_use_outbox @ shop.claim.ClaimCorrection
@Transactional
class ClaimCorrection {
    private final ClaimRepository claims; private final org.springframework.amqp.rabbit.core.RabbitTemplate rabbit;
    ClaimCorrection(ClaimRepository claims, org.springframework.amqp.rabbit.core.RabbitTemplate rabbit) { this.claims = claims; this.rabbit = rabbit; }
    public void correct(String id) { load(id).approve(); rabbit.convertAndSend("claims", "approved", new shop.claim.events.ClaimApproved(id, 2)); }
    private Claim load(String id) { return claims.findById(id).orElseThrow(() -> new IllegalArgumentException(id)); }
}
package shop.claim;
import org.springframework.transaction.annotation.Transactional;
// The found claim is changed by somebody else's hand.
// breaks: writes_and_sends_should_use_outbox @ shop.claim.ClaimScoring
class ClaimScoring {
    private final ClaimRepository claims; private final ScoreTable table; private final org.springframework.amqp.rabbit.core.RabbitTemplate rabbit;
    ClaimScoring(ClaimRepository claims, ScoreTable table, org.springframework.amqp.rabbit.core.RabbitTemplate rabbit) { this.claims = claims; this.table = table; this.rabbit = rabbit; }
    @Transactional public void score(String id) {
        table.apply(claims.findById(id).orElseThrow());
        rabbit.convertAndSend("claims", "approved", new shop.claim.events.ClaimApproved(id, 3));
    }
}
package shop.claim;
class ScoreTable { void apply(Claim claim) { claim.scored(7); } }
package shop.claim;
import org.springframework.transaction.annotation.Transactional;
// Stores or tells, never both.
class ClaimIntake {
    private final ClaimRepository claims; private final org.springframework.amqp.rabbit.core.RabbitTemplate rabbit;
    ClaimIntake(ClaimRepository claims, org.springframework.amqp.rabbit.core.RabbitTemplate rabbit) { this.claims = claims; this.rabbit = rabbit; }
    @Transactional public void file(String id, boolean known) {
        if (known) { rabbit.convertAndSend("claims", "filed", new shop.claim.events.ClaimFiled(id, java.util.List.of())); }
        else { claims.save(new Claim(id)); }
    }
}
package shop.payout;
import org.springframework.jms.annotation.JmsListener;
class PayoutListener {
    private final PayoutHandler handler; private final SafeHandler safe; private final LossyHandler lossy; private final NarrowHandler narrow;
    PayoutListener(PayoutHandler handler, SafeHandler safe, LossyHandler lossy, NarrowHandler narrow) { this.handler = handler; this.safe = safe; this.lossy = lossy; this.narrow = narrow; }
    @JmsListener(destination = "claims") void on(shop.claim.events.ClaimApproved event) { handler.handle(event); }
    @JmsListener(destination = "claims.safe") void onSafe(shop.claim.events.ClaimApproved event) { safe.handle(event); }
    @JmsListener(destination = "claims.lossy") void onLossy(shop.claim.events.ClaimApproved event) { lossy.handle(event); }
    @JmsListener(destination = "claims.narrow") void onNarrow(shop.claim.events.ClaimApproved event) { narrow.handle(event); }
}
package shop.payout;
// Logs, and lets it come again.
class PayoutHandler {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(PayoutHandler.class);
    private final PayoutBook book;
    PayoutHandler(PayoutBook book) { this.book = book; }
    void handle(shop.claim.events.ClaimApproved event) {
        try { book.plan(event.claimId(), event.cents()); }
        catch (Exception e) { LOG.error("payout of {} failed", event.claimId(), e); throw new IllegalStateException("payout", e); }
    }
}
package shop.payout;
// Keeps what failed for a person to look at.
class SafeHandler {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(SafeHandler.class);
    private final PayoutBook book; private final java.util.Queue<String> forDesk = new java.util.concurrent.ConcurrentLinkedQueue<>();
    SafeHandler(PayoutBook book) { this.book = book; }
    void handle(shop.claim.events.ClaimApproved event) {
        try { book.plan(event.claimId(), event.cents()); } catch (Exception e) { LOG.warn("to the desk", e); forDesk.add(event.claimId()); }
    }
}
package shop.payout;
// breaks: listeners_should_not_swallow_exceptions @ shop.payout.LossyHandler
class LossyHandler {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(LossyHandler.class);
    private final PayoutBook book;
    LossyHandler(PayoutBook book) { this.book = book; }
    void handle(shop.claim.events.ClaimApproved event) {
        try { book.plan(event.claimId(), event.cents()); } catch (Exception e) { LOG.warn("payout of {} failed", event.claimId(), e); }
    }
}
package shop.payout;
// A duplicate, known as such.
class NarrowHandler {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(NarrowHandler.class);
    private final PayoutBook book;
    NarrowHandler(PayoutBook book) { this.book = book; }
    void handle(shop.claim.events.ClaimApproved event) {
        try { book.plan(event.claimId(), event.cents()); } catch (java.util.ConcurrentModificationException e) { LOG.info("planned already"); }
    }
}
package shop.payout;
import org.springframework.jms.annotation.JmsListener;
class LateListener {
    private final PartlyHandler handler;
    LateListener(PartlyHandler handler) { this.handler = handler; }
    @JmsListener(destination = "claims.late") void on(shop.claim.events.ClaimApproved event) { handler.handle(event); }
}
package shop.payout;
// The work may fail aloud; only what comes after it may not.
class PartlyHandler {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(PartlyHandler.class);
    private final PayoutBook book; private final PayoutBook copy;
    PartlyHandler(PayoutBook book, PayoutBook copy) { this.book = book; this.copy = copy; }
    void handle(shop.claim.events.ClaimApproved event) {
        book.plan(event.claimId(), event.cents());
        try { copy.plan(event.claimId(), event.cents()); } catch (Exception e) { LOG.warn("the copy lags behind", e); }
    }
}
package shop.payout;
import org.springframework.jms.annotation.JmsListener;
// Whatever goes wrong on the other thread is only logged, and the message is acknowledged long before.
// breaks: listeners_should_not_swallow_exceptions @ shop.payout.HastyListener
class HastyListener {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(HastyListener.class);
    private final PayoutBook book;
    HastyListener(PayoutBook book) { this.book = book; }
    @JmsListener(destination = "claims.hasty") void on(shop.claim.events.ClaimApproved event) {
        java.util.concurrent.CompletableFuture.runAsync(() -> book.plan(event.claimId(), event.cents()))
                .exceptionally(failure -> { LOG.warn("lost", failure); return null; });
    }
}
package shop.payout;
class PayoutBook {
    private final java.util.Map<String, Long> plan = new java.util.concurrent.ConcurrentHashMap<>();
    void plan(String claim, long cents) { if (cents < 0) { throw new IllegalArgumentException(claim); } plan.put(claim, cents); }
}
package shop.ledger;
import org.springframework.kafka.annotation.KafkaListener;
// The real work may fail aloud; only the gauge beside it may not.
class LedgerListener {
    private final LedgerBook book; private final LedgerGauge gauge;
    LedgerListener(LedgerBook book, LedgerGauge gauge) { this.book = book; this.gauge = gauge; }
    @KafkaListener(topics = "claims") void on(shop.claim.events.ClaimApproved event) { book.enter(event.claimId(), event.cents()); gauge.show(event.cents()); }
}
package shop.ledger;
class LedgerBook {
    private final java.util.Map<String, Long> entries = new java.util.TreeMap<>();
    void enter(String claim, long cents) { if (claim.isEmpty()) { throw new IllegalArgumentException("claim"); } entries.put(claim, cents); }
    long sum() { return entries.values().stream().mapToLong(Long::longValue).sum(); }
}
package shop.ledger;
class LedgerGauge {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(LedgerGauge.class);
    private final LedgerBook book;
    LedgerGauge(LedgerBook book) { this.book = book; }
    void show(long cents) { try { LOG.info("{} of {}", cents, book.sum()); } catch (RuntimeException e) { LOG.debug("no gauge", e); } }
}
package shop.ledger;
import org.springframework.kafka.annotation.KafkaListener;
// Tries three times, then gives up aloud.
class PatientListener {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(PatientListener.class);
    private final LedgerBook book;
    PatientListener(LedgerBook book) { this.book = book; }
    @KafkaListener(topics = "claims", groupId = "patient") void on(shop.claim.events.ClaimApproved event) {
        RuntimeException last = null;
        for (int i = 0; i < 3; i++) {
            try { book.enter(event.claimId(), event.cents()); return; } catch (RuntimeException e) { last = e; LOG.warn("again", e); }
        }
        throw last;
    }
}
package shop.ledger;
import org.springframework.kafka.annotation.KafkaListener;
// What cannot be read goes to the dead letters of the topic.
class StrictListener {
    private final LedgerBook book; private final org.springframework.kafka.core.KafkaTemplate<String, Object> kafka; private final LedgerTable table;
    StrictListener(LedgerBook book, org.springframework.kafka.core.KafkaTemplate<String, Object> kafka, LedgerTable table) { this.book = book; this.kafka = kafka; this.table = table; }
    @KafkaListener(topics = "claims", groupId = "strict") void on(shop.claim.events.ClaimFiled event) {
        try { table.insertIfAbsent(event.getClaimId()); book.enter(event.getClaimId(), 0); } catch (Exception e) { kafka.send("claims-dlt", event); }
    }
}
package shop.ledger;
class LedgerTable {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    LedgerTable(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    void insertIfAbsent(String claim) { jdbc.update("insert into ledger values (?) on conflict do nothing", claim); }
}
package shop.desk;
// The relay of a home-made outbox that is not called one.
class StoredEventRelay {
    private final StoredEvents events; private final org.springframework.kafka.core.KafkaTemplate<String, String> kafka;
    StoredEventRelay(StoredEvents events, org.springframework.kafka.core.KafkaTemplate<String, String> kafka) { this.events = events; this.kafka = kafka; }
    @org.springframework.scheduling.annotation.Scheduled(fixedDelay = 200) public void relay() {
        for (String id : events.next()) { kafka.send("desk", id); events.delete(id); }
    }
}
package shop.desk;
class StoredEvents {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    StoredEvents(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    java.util.List<String> next() { return jdbc.queryForList("select id from stored_event", String.class); }
    void delete(String id) { jdbc.update("delete from stored_event where id = ?", id); }
}
package shop.desk;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
// Called a client, but it is a table in memory.
class DeskListener {
    private final TariffClient tariffs;
    DeskListener(TariffClient tariffs) { this.tariffs = tariffs; }
    @RabbitListener(queues = "desk") void on(shop.claim.events.ClaimFiled event) { if (tariffs.fetch(event.getClaimId()) < 0) { throw new IllegalStateException(event.getClaimId()); } }
}
package shop.desk;
class TariffClient { private final java.util.Map<String, Integer> tariffs = java.util.Map.of("a", 1); int fetch(String id) { return tariffs.getOrDefault(id, 0); } }
