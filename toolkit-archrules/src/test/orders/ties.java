package shop.order;
public record OrderPlaced(String id, java.time.Instant at) {}
package shop.order;
public record OrderShipped(String id, java.time.Instant at) {}
package shop.order;
public record OrderClosed(String id, java.time.Instant at) {}
package shop.order;
@jakarta.persistence.Entity public class Order { @jakarta.persistence.Id String id; }
package shop.order;
public interface OrderRepository extends org.springframework.data.repository.CrudRepository<Order, String> {}
package shop.order;
public interface Source<T> { T next(OrderRepository orders, org.springframework.kafka.core.KafkaTemplate<String, Object> kafka); }
package shop.order;
public class Placing implements Source<OrderPlaced> {
    public OrderPlaced next(OrderRepository orders, org.springframework.kafka.core.KafkaTemplate<String, Object> kafka) { orders.save(new Order()); kafka.send("orders", new OrderPlaced("1", null)); return null; }
}
package shop.order;
public class Shipping implements Source<OrderShipped> {
    public OrderShipped next(OrderRepository orders, org.springframework.kafka.core.KafkaTemplate<String, Object> kafka) { kafka.send("orders", new OrderShipped("1", null)); orders.save(new Order()); return null; }
}
package shop.order;
public class Publisher {
    org.springframework.kafka.core.KafkaTemplate<String, Object> kafka; OrderRepository orders;
    void publish(Object event) { orders.save(new Order()); kafka.send("orders", event); }
    void close(Object event) { kafka.send("closed", event); }
}
package shop.order;
@org.springframework.stereotype.Service public class OrderService {
    Publisher publisher; Source<?> source; OrderRepository orders; org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
    public void one(String id) { publisher.publish(new OrderPlaced(id, null)); publisher.publish(new OrderShipped(id, null)); publisher.close(new OrderClosed(id, null)); }
    public void two(String id) { publisher.publish(new OrderShipped(id, null)); publisher.close(new OrderPlaced(id, null)); }
    public void drain() { source.next(orders, kafka); }
    public void drain(int times) { source.next(orders, kafka); }
}
package shop.payment;
public class Mutable { public String a; public String b; private int c; public void setC(int c) { this.c = c; } public void alsoC(int d) { this.c = d; } }
package shop.payment;
@org.springframework.stereotype.Service public class PaymentService {
    shop.order.OrderService orders; org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
    public void first() {
        orders.drain();
        orders.drain();
    }
    public void second() { orders.drain(); orders.drain(2); orders.one("1"); orders.two("1"); kafka.send("m", new Mutable()); }
    @org.springframework.kafka.annotation.KafkaListener(topics = "orders") public void on(shop.order.OrderPlaced event) { orders.one(event.id()); }
    @org.springframework.kafka.annotation.KafkaListener(topics = "orders") public void on(shop.order.OrderShipped event) { orders.two(event.id()); }
    @org.springframework.kafka.annotation.KafkaListener(topics = "closed") public void on(shop.order.OrderClosed event) { orders.drain(); }
}
