// publishes: OrderPlaced orders
// tells: OrderPaid
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public record OrderPaid(String orderId) {}
package shop.order;
public interface Port { void publish(Object event); }
package shop.order;
public class Adapter implements Port { org.springframework.kafka.core.KafkaTemplate<String, Object> kafka; public void publish(Object event) { kafka.send("orders", event); } }
package shop.order;
public class Orders {
    Port port; org.springframework.context.ApplicationEventPublisher publisher;
    void place(java.util.List<OrderPlaced> placed) { placed.forEach(port::publish); }
    void pay(java.util.List<OrderPaid> paid) { paid.forEach(publisher::publishEvent); }
}
