// publishes: OrderPlaced
// consumes: OrderPlaced orders
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public class OrderService {
    org.springframework.messaging.MessageChannel channel;
    public void place(String id) { channel.send(org.springframework.messaging.support.MessageBuilder.withPayload(new OrderPlaced(id)).build()); }
}
package shop.payment;
public class PaymentListener {
    @org.springframework.kafka.annotation.KafkaListener(topics = "orders")
    public void on(org.springframework.messaging.Message<shop.order.OrderPlaced> message) { System.out.println(message); }
}
