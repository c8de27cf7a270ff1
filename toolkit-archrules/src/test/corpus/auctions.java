// Axon 4: aggregates, projections, an event processor that bids elsewhere.
// breaks: consumers_should_deduplicate @ shop.query.BidStatistics
// breaks: handlers_should_not_call_remotes @ shop.integration.EscrowPolicy
// breaks: listeners_should_not_swallow_exceptions @ shop.query.LotProjection
// breaks: events_should_be_immutable @ shop.api.LotWithdrawn
package shop.api;
public record LotOffered(String lot, String title, long reserve) {}
package shop.api;
public record BidPlaced(String lot, String bidder, long amount) {}
package shop.api;
public record LotSold(String lot, String bidder, long amount) {}
package shop.api;
public class LotWithdrawn {
    private String lot;
    private String reason;
    public String getLot() { return lot; }
    public String getReason() { return reason; }
    public LotWithdrawn withReason(String reason) { this.reason = reason; return this; }
    public static LotWithdrawn of(String lot) { LotWithdrawn event = new LotWithdrawn(); event.lot = lot; return event; }
}
package shop.api;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
public record OfferLot(@TargetAggregateIdentifier String lot, String title, long reserve) {}
package shop.api;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
public record PlaceBid(@TargetAggregateIdentifier String lot, String bidder, long amount) {}
package shop.api;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
public record WithdrawLot(@TargetAggregateIdentifier String lot, String reason) {}
package shop.command;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import shop.api.*;
public class Lot {
    @AggregateIdentifier private String id;
    private long highest;
    private boolean open;
    protected Lot() {}
    @CommandHandler
    public Lot(OfferLot command) { apply(new LotOffered(command.lot(), command.title(), command.reserve())); }
    @CommandHandler
    public void handle(PlaceBid command) {
        if (!open || command.amount() <= highest) {
            throw new IllegalStateException("too low or too late");
        }
        apply(new BidPlaced(id, command.bidder(), command.amount()));
    }
    @CommandHandler
    public void handle(WithdrawLot command) {
        if (open) {
            apply(LotWithdrawn.of(id).withReason(command.reason()));
        }
    }
    @EventHandler
    public void on(LotOffered event) { id = event.lot(); highest = event.reserve(); open = true; }
    @EventHandler
    public void on(BidPlaced event) { highest = event.amount(); }
    @EventHandler
    public void on(LotWithdrawn event) { open = false; }
}
package shop.query;
import jakarta.persistence.*;
@Entity
public class LotView {
    @Id public String lot;
    public String title;
    public long highest;
}
package shop.query;
import jakarta.persistence.*;
@Entity
public class BidderTotal {
    @Id public String bidder;
    public int bids;
}
package shop.query;
import jakarta.persistence.EntityManager;
import org.axonframework.eventhandling.EventHandler;
import shop.api.*;
public class LotProjection {
    private static final org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(LotProjection.class);
    private final EntityManager em;
    public LotProjection(EntityManager em) { this.em = em; }
    @EventHandler
    public void on(LotOffered event) {
        LotView view = new LotView();
        view.lot = event.lot();
        view.title = event.title();
        view.highest = event.reserve();
        em.merge(view);
    }
    @EventHandler
    public void on(BidPlaced event) {
        try {
            LotView view = em.find(LotView.class, event.lot());
            view.highest = event.amount();
        } catch (RuntimeException e) {
            log.error("projection of {} is behind", event.lot(), e);
        }
    }
}
package shop.query;
import jakarta.persistence.EntityManager;
import org.axonframework.eventhandling.EventHandler;
import shop.api.BidPlaced;
public class BidStatistics {
    private final EntityManager em;
    public BidStatistics(EntityManager em) { this.em = em; }
    @EventHandler
    public void count(BidPlaced event) {
        BidderTotal total = em.find(BidderTotal.class, event.bidder());
        if (total == null) {
            total = new BidderTotal();
            total.bidder = event.bidder();
            em.persist(total);
        }
        total.bids++;
    }
}
package shop.integration;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.web.client.RestTemplate;
import shop.api.LotSold;
public class EscrowPolicy {
    private final RestTemplate rest = new RestTemplate();
    @EventHandler
    public void on(LotSold event) {
        rest.put("https://escrow/lots/{lot}", event, event.lot());
    }
}
