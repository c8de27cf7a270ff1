// Hexagonal: ports and adapters, an outbox, a registry of handled messages; one adapter forgets both.
// breaks: writes_and_sends_should_use_outbox @ shop.adapter.out.DirectNotifier
// breaks: consumers_should_deduplicate @ shop.adapter.in.UsageConsumer
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.adapter.in.TrialConsumer
package shop.domain;
public final class Membership {
    private final String id;
    private final String member;
    private boolean active;
    private int used;
    public Membership(String id, String member) { this.id = id; this.member = member; }
    public String id() { return id; }
    public String member() { return member; }
    public boolean active() { return active; }
    public int used() { return used; }
    public void activate() { active = true; }
    public void use(int minutes) { used += minutes; }
}
package shop.domain;
public record MembershipActivated(String membership, String member) {}
package shop.domain;
public record MembershipPaused(String membership) {}
package shop.port;
import shop.domain.Membership;
public interface MembershipStore {
    java.util.Optional<Membership> byId(String id);
    void store(Membership membership);
}
package shop.port;
public interface EventPublisher { void publish(Object event); }
package shop.port;
public interface PauseNotifier { void paused(String membership); }
package shop.application;
import org.springframework.transaction.annotation.Transactional;
import shop.domain.*;
import shop.port.*;
public class ActivateMembership {
    private final MembershipStore store;
    private final EventPublisher publisher;
    public ActivateMembership(MembershipStore store, EventPublisher publisher) { this.store = store; this.publisher = publisher; }
    @Transactional
    public void activate(String id) {
        Membership membership = store.byId(id).orElseThrow();
        if (membership.active()) {
            return;
        }
        membership.activate();
        store.store(membership);
        publisher.publish(new MembershipActivated(id, membership.member()));
    }
}
package shop.application;
import shop.domain.*;
import shop.port.*;
public class UseMembership {
    private final MembershipStore store;
    public UseMembership(MembershipStore store) { this.store = store; }
    public void use(String id, int minutes) {
        Membership membership = store.byId(id).orElseThrow();
        membership.use(minutes);
        store.store(membership);
    }
}
package shop.application;
import org.springframework.transaction.annotation.Transactional;
import shop.domain.*;
import shop.port.*;
public class PauseMembership {
    private final MembershipStore store;
    private final PauseNotifier notifier;
    public PauseMembership(MembershipStore store, PauseNotifier notifier) { this.store = store; this.notifier = notifier; }
    @Transactional
    public void pause(String id) {
        store.store(new Membership(id, "paused"));
        notifier.paused(id);
    }
}
package shop.adapter.out;
import org.springframework.jdbc.core.simple.JdbcClient;
import shop.domain.Membership;
import shop.port.MembershipStore;
public class JdbcMembershipStore implements MembershipStore {
    private final JdbcClient jdbc;
    public JdbcMembershipStore(JdbcClient jdbc) { this.jdbc = jdbc; }
    @Override
    public java.util.Optional<Membership> byId(String id) {
        return jdbc.sql("select id, member from membership where id = ?").param(id)
                .query((row, n) -> new Membership(row.getString(1), row.getString(2))).optional();
    }
    @Override
    public void store(Membership membership) {
        jdbc.sql("update membership set active = ?, used = ? where id = ?")
                .params(membership.active(), membership.used(), membership.id()).update();
    }
}
package shop.adapter.out;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.port.EventPublisher;
public class OutboxPublisher implements EventPublisher {
    private final JdbcTemplate jdbc;
    private final ObjectMapper json;
    public OutboxPublisher(JdbcTemplate jdbc, ObjectMapper json) { this.jdbc = jdbc; this.json = json; }
    @Override
    public void publish(Object event) {
        try {
            jdbc.update("insert into outbox (type, body) values (?, ?)", event.getClass().getSimpleName(), json.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
package shop.adapter.out;
import java.util.*;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.annotation.Transactional;
public class Relay {
    private final JdbcTemplate jdbc;
    private final KafkaTemplate<String, String> kafka;
    public Relay(JdbcTemplate jdbc, KafkaTemplate<String, String> kafka) { this.jdbc = jdbc; this.kafka = kafka; }
    @Scheduled(fixedDelay = 500)
    @Transactional
    public void forward() {
        for (Map<String, Object> row : jdbc.queryForList("select id, type, body from outbox order by id limit 100 for update skip locked")) {
            kafka.send("memberships", (String) row.get("type"), (String) row.get("body")).join();
            jdbc.update("delete from outbox where id = ?", row.get("id"));
        }
    }
}
package shop.adapter.out;
import org.springframework.kafka.core.KafkaTemplate;
import shop.domain.MembershipPaused;
import shop.port.PauseNotifier;
public class DirectNotifier implements PauseNotifier {
    private final KafkaTemplate<String, Object> kafka;
    public DirectNotifier(KafkaTemplate<String, Object> kafka) { this.kafka = kafka; }
    @Override
    public void paused(String membership) { kafka.send("memberships", membership, new MembershipPaused(membership)); }
}
package shop.adapter.in;
public record FeePaid(String messageId, String membership) {}
package shop.adapter.in;
public record MinutesUsed(String membership, int minutes) {}
package shop.adapter.in;
public record TrialEnded(String membership) {}
package shop.adapter.in;
import org.springframework.kafka.annotation.KafkaListener;
import shop.application.ActivateMembership;
public class FeeConsumer {
    private final ActivateMembership activate;
    public FeeConsumer(ActivateMembership activate) { this.activate = activate; }
    @KafkaListener(topics = "fees")
    public void on(FeePaid event) { activate.activate(event.membership()); }
}
package shop.adapter.in;
import org.springframework.kafka.annotation.KafkaListener;
import shop.application.UseMembership;
public class UsageConsumer {
    private final UseMembership use;
    public UsageConsumer(UseMembership use) { this.use = use; }
    @KafkaListener(topics = "usage")
    public void on(MinutesUsed event) { use.use(event.membership(), event.minutes()); }
}
package shop.adapter.in;
import java.util.concurrent.*;
import org.springframework.kafka.annotation.KafkaListener;
import shop.application.PauseMembership;
public class TrialConsumer {
    private final PauseMembership pause;
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    public TrialConsumer(PauseMembership pause) { this.pause = pause; }
    @KafkaListener(topics = "trials")
    public void on(TrialEnded event) { workers.execute(() -> pause.pause(event.membership())); }
}
package shop.adapter.in;
import org.springframework.web.bind.annotation.*;
import shop.application.PauseMembership;
@RestController
public class MembershipEndpoint {
    private final PauseMembership pause;
    public MembershipEndpoint(PauseMembership pause) { this.pause = pause; }
    @PostMapping("/memberships/{id}/pause")
    public void pause(@PathVariable String id) { pause.pause(id); }
}
