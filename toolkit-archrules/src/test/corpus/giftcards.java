// Axon 4: commands, an event-sourced aggregate, projections and a saga, packages as Axon's projects have them: gift cards.
package shop;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class GiftCardApplication { public static void main(String[] args) { System.out.println(args.length); } }
package shop.coreapi;
public record IssueCardCommand(@org.axonframework.modelling.command.TargetAggregateIdentifier String cardId, int amount) {}
package shop.coreapi;
public record RedeemCardCommand(@org.axonframework.modelling.command.TargetAggregateIdentifier String cardId, int amount) {}
package shop.coreapi;
public record CancelCardCommand(@org.axonframework.modelling.command.TargetAggregateIdentifier String cardId) {}
package shop.coreapi;
public record CardIssuedEvent(String cardId, int amount) {}
package shop.coreapi;
public record CardCanceledEvent(String cardId) {}
package shop.coreapi;
// breaks: events_should_be_immutable @ shop.coreapi.CardRedeemedEvent
public class CardRedeemedEvent {
    private String cardId; private int amount;
    public CardRedeemedEvent() {} public CardRedeemedEvent(String cardId, int amount) { this.cardId = cardId; this.amount = amount; }
    public String getCardId() { return cardId; } public void setCardId(String cardId) { this.cardId = cardId; }
    public int getAmount() { return amount; } public void setAmount(int amount) { this.amount = amount; }
}
package shop.command;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
public class GiftCard {
    @AggregateIdentifier private String cardId; private int rest;
    protected GiftCard() {}
    @CommandHandler public GiftCard(shop.coreapi.IssueCardCommand command) { apply(new shop.coreapi.CardIssuedEvent(command.cardId(), command.amount())); }
    @CommandHandler public void handle(shop.coreapi.RedeemCardCommand command) {
        if (command.amount() > rest) { throw new IllegalStateException("amount > rest"); }
        apply(new shop.coreapi.CardRedeemedEvent(cardId, command.amount()));
    }
    @CommandHandler public void handle(shop.coreapi.CancelCardCommand command) { apply(new shop.coreapi.CardCanceledEvent(cardId)); }
    @org.axonframework.eventhandling.EventHandler public void on(shop.coreapi.CardIssuedEvent event) { cardId = event.cardId(); rest = event.amount(); }
    @org.axonframework.eventhandling.EventHandler public void on(shop.coreapi.CardRedeemedEvent event) { rest -= event.getAmount(); }
}
package shop.query;
import jakarta.persistence.*;
@Entity
public class CardSummary {
    @Id private String cardId; private int issued; private int rest;
    protected CardSummary() {} public CardSummary(String cardId, int issued) { this.cardId = cardId; this.issued = issued; this.rest = issued; }
    public void setRest(int rest) { this.rest = rest; } public int getRest() { return rest; }
}
package shop.query;
public interface CardSummaryRepository extends org.springframework.data.jpa.repository.JpaRepository<CardSummary, String> {}
package shop.query;
import org.axonframework.eventhandling.EventHandler;
// The key of the row is that of the card.
public class CardProjection {
    private final CardSummaryRepository summaries;
    CardProjection(CardSummaryRepository summaries) { this.summaries = summaries; }
    @EventHandler public void on(shop.coreapi.CardIssuedEvent event) { summaries.save(new CardSummary(event.cardId(), event.amount())); }
    @EventHandler public void on(shop.coreapi.CardCanceledEvent event) { summaries.deleteById(event.cardId()); }
}
package shop.query;
import org.axonframework.eventhandling.EventHandler;
// breaks: handlers_should_not_call_remotes @ shop.query.CardNotice
public class CardNotice {
    private final org.springframework.web.client.RestTemplate rest;
    CardNotice(org.springframework.web.client.RestTemplate rest) { this.rest = rest; }
    @EventHandler public void on(shop.coreapi.CardIssuedEvent event) { rest.put("http://prints/" + event.cardId(), event.amount()); }
}
package shop.query;
import org.axonframework.eventhandling.EventHandler;
import org.slf4j.*;
// breaks: listeners_should_not_swallow_exceptions @ shop.query.CardIndex
public class CardIndex {
    private static final Logger LOG = LoggerFactory.getLogger(CardIndex.class);
    private final IndexFile index = new IndexFile();
    @EventHandler public void on(shop.coreapi.CardIssuedEvent event) {
        try { index.put(event.cardId()); } catch (Exception e) { LOG.warn("index is behind", e); }
    }
}
package shop.query;
class IndexFile {
    private final java.util.Set<String> ids = new java.util.TreeSet<>();
    void put(String id) { if (id.isBlank()) { throw new IllegalArgumentException("id"); } ids.add(id); }
}
package shop.query;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.kafka.core.KafkaTemplate;
// Stores a row and tells Kafka.
// breaks: writes_and_sends_should_use_outbox @ shop.query.CardBridge
public class CardBridge {
    private final CardSummaryRepository summaries; private final KafkaTemplate<String, Object> kafka;
    CardBridge(CardSummaryRepository summaries, KafkaTemplate<String, Object> kafka) { this.summaries = summaries; this.kafka = kafka; }
    @EventHandler public void on(shop.coreapi.CardCanceledEvent event) { summaries.deleteById(event.cardId()); kafka.send("cards", event.cardId(), event); }
}
package shop.saga;
import org.axonframework.modelling.saga.*;
@org.axonframework.spring.stereotype.Saga
public class RefundSaga {
    private transient org.axonframework.commandhandling.gateway.CommandGateway gateway;
    public void setGateway(org.axonframework.commandhandling.gateway.CommandGateway gateway) { this.gateway = gateway; }
    @StartSaga @SagaEventHandler(associationProperty = "cardId") public void on(shop.coreapi.CardRedeemedEvent event) { if (event.getAmount() > 1000) { gateway.send(new shop.coreapi.CancelCardCommand(event.getCardId())); } }
    @EndSaga @SagaEventHandler(associationProperty = "cardId") public void on(shop.coreapi.CardCanceledEvent event) { SagaLifecycle.end(); }
}
package shop.restapi;
import org.springframework.web.bind.annotation.*;
@RestController
public class CardController {
    private final org.axonframework.commandhandling.gateway.CommandGateway gateway; private final shop.query.CardSummaryRepository summaries;
    CardController(org.axonframework.commandhandling.gateway.CommandGateway gateway, shop.query.CardSummaryRepository summaries) { this.gateway = gateway; this.summaries = summaries; }
    @PostMapping("/cards/{id}") public void issue(@PathVariable String id, @RequestParam int amount) { gateway.send(new shop.coreapi.IssueCardCommand(id, amount)); }
    @GetMapping("/cards/{id}") public int rest(@PathVariable String id) { return summaries.findById(id).orElseThrow().getRest(); }
}
