// Declared contexts, a budget and accepted contracts, on Spring Kafka: a store front.
// context: basket shop.front.basket
// context: pricing shop.front.pricing
// context: search shop.front.search
// budget: search pricing 1
// baseline: PriceChanged
// baseline:   cents: integer
// baseline:   sku: string
// baseline: PriceDropped
// baseline:   sku: string
package shop.front.pricing.events;
// A field is gone that consumers read.
// breaks: event_contracts_should_stay_compatible @ PriceChanged
public record PriceChanged(String sku, java.math.BigDecimal amount) {}
package shop.front.pricing.events;
public record PriceDropped(String sku, java.time.Instant at) {}
package shop.front.pricing;
public class PriceList {
    private final org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
    PriceList(org.springframework.kafka.core.KafkaTemplate<String, Object> kafka) { this.kafka = kafka; }
    public void change(String sku) { kafka.send("prices", sku, new shop.front.pricing.events.PriceChanged(sku, java.math.BigDecimal.ONE)); }
    public void drop(String sku) { kafka.send("prices", sku, new shop.front.pricing.events.PriceDropped(sku, java.time.Instant.now())); }
    public long of(String sku) { return sku.length(); }
}
package shop.front.basket;
// Reaches into the price list of another context.
// breaks: contexts_should_use_only_published_contracts @ basket → pricing
public class Basket {
    private final shop.front.pricing.PriceList prices; private final java.util.List<String> skus = new java.util.ArrayList<>();
    Basket(shop.front.pricing.PriceList prices) { this.prices = prices; }
    public long total() { return skus.stream().mapToLong(prices::of).sum(); }
}
package shop.front.basket;
import org.springframework.kafka.annotation.KafkaListener;
// Knows one event of another context, which is what the event is for.
class BasketListener {
    private final java.util.Map<String, String> notes = new java.util.concurrent.ConcurrentHashMap<>();
    @KafkaListener(topics = "prices") void on(shop.front.pricing.events.PriceDropped event) { notes.put(event.sku(), "cheaper"); }
}
package shop.front.search;
import org.springframework.kafka.annotation.*;
// Two where one is budgeted.
// breaks: foreign_events_within_budget @ search → pricing
@KafkaListener(topics = "prices", groupId = "search")
class SearchIndex {
    private final java.util.Map<String, String> index = new java.util.concurrent.ConcurrentHashMap<>();
    @KafkaHandler void on(shop.front.pricing.events.PriceChanged event) { index.put(event.sku(), "changed"); }
    @KafkaHandler void on(shop.front.pricing.events.PriceDropped event) { index.put(event.sku(), "dropped"); }
}
package shop.front.search;
// Of its own context.
class SearchPage {
    private final SearchIndex index;
    SearchPage(SearchIndex index) { this.index = index; }
    String page() { return "<p>" + index + "</p>"; }
}
