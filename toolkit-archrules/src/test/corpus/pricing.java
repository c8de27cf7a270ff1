// A reactive service: reactor-kafka, R2DBC, WebClient.
// breaks: writes_and_sends_should_use_outbox @ shop.pricing.PriceService
// breaks: handlers_should_not_call_remotes @ shop.pricing.ExchangeRateConsumer
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.pricing.DiscountConsumer
// breaks: listeners_should_acknowledge_after_the_work @ shop.pricing.StockConsumer
package shop.pricing;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;
@Table("price")
public record Price(@Id String sku, long cents) {}
package shop.pricing;
import org.springframework.data.r2dbc.repository.R2dbcRepository;
public interface PriceRepository extends R2dbcRepository<Price, String> {}
package shop.pricing;
public record PriceChanged(String sku, long cents) {}
package shop.pricing;
public record ArticleListed(String sku, String currency, long cents) {}
package shop.pricing;
public record DiscountGranted(String sku, long cents) {}
package shop.pricing;
public record StockEmptied(String sku) {}
package shop.pricing;
import reactor.core.publisher.Mono;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
public class PriceService {
    private final PriceRepository prices;
    private final KafkaSender<String, PriceChanged> sender;
    public PriceService(PriceRepository prices, KafkaSender<String, PriceChanged> sender) { this.prices = prices; this.sender = sender; }
    public Mono<Price> change(String sku, long cents) {
        return prices.findById(sku)
                .map(price -> new Price(price.sku(), cents))
                .flatMap(prices::save)
                .flatMap(saved -> sender.send(Mono.just(SenderRecord.create(new ProducerRecord<>("prices", saved.sku(), new PriceChanged(saved.sku(), saved.cents())), saved.sku())))
                        .then(Mono.just(saved)));
    }
}
package shop.pricing;
import org.springframework.web.bind.annotation.*;
import reactor.core.publisher.Mono;
@RestController
public class PriceHandler {
    private final PriceService service;
    public PriceHandler(PriceService service) { this.service = service; }
    @PutMapping("/prices/{sku}")
    public Mono<Price> put(@PathVariable String sku, @RequestParam long cents) { return service.change(sku, cents); }
}
package shop.pricing;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.kafka.receiver.KafkaReceiver;
public class ExchangeRateConsumer {
    private final KafkaReceiver<String, ArticleListed> receiver;
    private final WebClient rates;
    private final PriceRepository prices;
    private Disposable subscription;
    public ExchangeRateConsumer(KafkaReceiver<String, ArticleListed> receiver, WebClient rates, PriceRepository prices) { this.receiver = receiver; this.rates = rates; this.prices = prices; }
    public void start() {
        subscription = receiver.receive()
                .concatMap(record -> rates.get().uri("/rates/{c}", record.value().currency()).retrieve().bodyToMono(Double.class)
                        .flatMap(rate -> prices.save(new Price(record.value().sku(), Math.round(record.value().cents() * rate))))
                        .doOnSuccess(saved -> record.receiverOffset().acknowledge()))
                .subscribe();
    }
}
package shop.pricing;
import org.springframework.kafka.annotation.KafkaListener;
public class DiscountConsumer {
    private final PriceRepository prices;
    public DiscountConsumer(PriceRepository prices) { this.prices = prices; }
    @KafkaListener(topics = "discounts")
    public void on(DiscountGranted discount) {
        prices.save(new Price(discount.sku(), discount.cents())).subscribe();
    }
}
package shop.pricing;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import reactor.core.publisher.Mono;
public class StockConsumer {
    private final PriceRepository prices;
    public StockConsumer(PriceRepository prices) { this.prices = prices; }
    @KafkaListener(topics = "stock", containerFactory = "manual")
    public void on(StockEmptied event, Acknowledgment ack) {
        ack.acknowledge();
        prices.deleteById(event.sku()).block();
    }
}
package shop.pricing;
import org.springframework.kafka.annotation.KafkaListener;
import reactor.core.publisher.Mono;
public class RepricingConsumer {
    private final PriceRepository prices;
    public RepricingConsumer(PriceRepository prices) { this.prices = prices; }
    @KafkaListener(topics = "repricing")
    public Mono<Void> on(PriceChanged event) {
        return prices.save(new Price(event.sku(), event.cents())).then();
    }
}
