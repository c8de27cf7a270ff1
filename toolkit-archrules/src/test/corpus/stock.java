// Spring Cloud Stream 3 with its annotations, javax persistence, layered: stock of a warehouse.
// generations: spring-5
package shop;
import org.springframework.cloud.stream.annotation.EnableBinding;
@org.springframework.boot.autoconfigure.SpringBootApplication
@EnableBinding(shop.channel.StockChannels.class)
public class StockApplication { public static void main(String[] args) { System.out.println(args.length); } }
package shop.channel;
import org.springframework.cloud.stream.annotation.Input;
import org.springframework.cloud.stream.annotation.Output;
import org.springframework.messaging.*;
public interface StockChannels {
    String ORDERS = "orders"; String RETURNS = "returns";
    @Input(ORDERS) SubscribableChannel orders();
    @Input(RETURNS) SubscribableChannel returns();
    @Output("movements") MessageChannel movements();
    @Output("answers") MessageChannel answers();
}
package shop.entity;
import javax.persistence.*;
@Entity
public class Movement {
    @Id @GeneratedValue private Long id; private String sku; private int quantity;
    protected Movement() {} public Movement(String sku, int quantity) { this.sku = sku; this.quantity = quantity; }
    public Long getId() { return id; } public String getSku() { return sku; } public int getQuantity() { return quantity; }
}
package shop.entity;
import javax.persistence.*;
// breaks: events_should_not_expose_entities @ shop.entity.StockCounted
@Entity
public class StockCounted {
    @Id @GeneratedValue private final Long id; private final String sku; private final int counted;
    protected StockCounted() { this(null, null, 0); } public StockCounted(Long id, String sku, int counted) { this.id = id; this.sku = sku; this.counted = counted; }
    public Long getId() { return id; } public String getSku() { return sku; } public int getCounted() { return counted; }
}
package shop.entity;
import javax.persistence.*;
@Entity
public class SeenOrder { @Id private String orderId; protected SeenOrder() {} public SeenOrder(String orderId) { this.orderId = orderId; } }
package shop.repository;
public interface MovementRepository extends org.springframework.data.repository.CrudRepository<shop.entity.Movement, Long> {}
package shop.repository;
public interface CountRepository extends org.springframework.data.repository.CrudRepository<shop.entity.StockCounted, Long> {}
package shop.repository;
public interface SeenOrderRepository extends org.springframework.data.repository.CrudRepository<shop.entity.SeenOrder, String> {}
package shop.message;
// breaks: events_should_be_immutable @ shop.message.OrderSubmitted
public class OrderSubmitted {
    private String orderId; private String sku; private int quantity;
    public String getOrderId() { return orderId; } public void setOrderId(String orderId) { this.orderId = orderId; }
    public String getSku() { return sku; } public void setSku(String sku) { this.sku = sku; }
    public int getQuantity() { return quantity; } public void setQuantity(int quantity) { this.quantity = quantity; }
}
package shop.message;
public record StockReserved(String orderId, String sku) {}
package shop.message;
public record StockRefused(String orderId) {}
package shop.message;
public record GoodsReturned(String returnId, String sku) {}
package shop.listener;
import org.springframework.cloud.stream.annotation.StreamListener;
// breaks: consumers_should_deduplicate @ shop.listener.OrderListener
public class OrderListener {
    private final shop.repository.MovementRepository movements;
    OrderListener(shop.repository.MovementRepository movements) { this.movements = movements; }
    @StreamListener(shop.channel.StockChannels.ORDERS)
    public void on(shop.message.OrderSubmitted order) { movements.save(new shop.entity.Movement(order.getSku(), -order.getQuantity())); }
}
package shop.listener;
import org.springframework.cloud.stream.annotation.StreamListener;
import org.springframework.transaction.annotation.Transactional;
// The key of the table is the order's.
public class CarefulListener {
    private final shop.repository.MovementRepository movements; private final shop.repository.SeenOrderRepository seen;
    CarefulListener(shop.repository.MovementRepository movements, shop.repository.SeenOrderRepository seen) { this.movements = movements; this.seen = seen; }
    @StreamListener("orders-careful") @Transactional
    public void on(shop.message.OrderSubmitted order) {
        if (seen.existsById(order.getOrderId())) { return; }
        seen.save(new shop.entity.SeenOrder(order.getOrderId()));
        movements.save(new shop.entity.Movement(order.getSku(), -order.getQuantity()));
    }
}
package shop.listener;
import org.springframework.cloud.stream.annotation.StreamListener;
import org.springframework.messaging.handler.annotation.SendTo;
// The answer goes to the broker when the method has returned, the row when the transaction has ended.
// breaks: writes_and_sends_should_use_outbox @ shop.listener.ReservingListener
// breaks: consumers_should_deduplicate @ shop.listener.ReservingListener
public class ReservingListener {
    private final shop.repository.MovementRepository movements;
    ReservingListener(shop.repository.MovementRepository movements) { this.movements = movements; }
    @StreamListener("reservations") @SendTo("answers")
    public shop.message.StockReserved reserve(shop.message.OrderSubmitted order) {
        movements.save(new shop.entity.Movement(order.getSku(), -1));
        return new shop.message.StockReserved(order.getOrderId(), order.getSku());
    }
}
package shop.listener;
import org.springframework.cloud.stream.annotation.StreamListener;
import org.springframework.messaging.handler.annotation.SendTo;
// Answers, and stores nothing.
public class RefusingListener {
    @StreamListener("impossible") @SendTo("answers")
    public shop.message.StockRefused refuse(shop.message.OrderSubmitted order) { return new shop.message.StockRefused(order.getOrderId()); }
}
package shop.listener;
import org.springframework.cloud.stream.annotation.StreamListener;
// breaks: handlers_should_not_call_remotes @ shop.listener.ReturnListener
public class ReturnListener {
    private final org.springframework.web.client.RestTemplate rest;
    ReturnListener(org.springframework.web.client.RestTemplate rest) { this.rest = rest; }
    @StreamListener(shop.channel.StockChannels.RETURNS)
    public void on(shop.message.GoodsReturned returned) { rest.put("http://robots/shelves/" + returned.sku(), returned.returnId()); }
}
package shop.listener;
import org.slf4j.*;
import org.springframework.cloud.stream.annotation.StreamListener;
// breaks: listeners_should_not_swallow_exceptions @ shop.listener.AuditListener
public class AuditListener {
    private static final Logger log = LoggerFactory.getLogger(AuditListener.class);
    private final shop.service.Audit audit;
    AuditListener(shop.service.Audit audit) { this.audit = audit; }
    @StreamListener("audit")
    public void on(shop.message.GoodsReturned returned) {
        try { audit.check(returned.returnId()); } catch (Exception e) { log.error("audit of {} failed", returned.returnId(), e); }
    }
}
package shop.service;
public class Audit {
    private final java.util.Set<String> open = new java.util.TreeSet<>();
    void open(String id) { open.add(id); }
    public void check(String id) { if (!open.remove(id)) { throw new IllegalStateException(id); } }
}
package shop.service;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.transaction.annotation.Transactional;
// breaks: writes_and_sends_should_use_outbox @ shop.service.CountingService
public class CountingService {
    private final shop.repository.CountRepository counts; private final shop.channel.StockChannels channels;
    CountingService(shop.repository.CountRepository counts, shop.channel.StockChannels channels) { this.counts = counts; this.channels = channels; }
    @Transactional
    public void count(String sku, int pieces) {
        channels.movements().send(MessageBuilder.withPayload(counts.save(new shop.entity.StockCounted(null, sku, pieces))).build());
    }
}
package shop.service;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.transaction.annotation.Transactional;
// Sends what it finds and deletes what it has sent.
public class MovementForwarder {
    private final shop.repository.MovementRepository movements; private final shop.channel.StockChannels channels;
    MovementForwarder(shop.repository.MovementRepository movements, shop.channel.StockChannels channels) { this.movements = movements; this.channels = channels; }
    @org.springframework.scheduling.annotation.Scheduled(fixedRate = 1000) @Transactional
    public void forward() {
        for (shop.entity.Movement movement : movements.findAll()) {
            channels.movements().send(MessageBuilder.withPayload(movement.getSku() + ":" + movement.getQuantity()).build());
            movements.delete(movement);
        }
    }
}
