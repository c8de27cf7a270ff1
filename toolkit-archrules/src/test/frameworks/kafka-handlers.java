// generations: present spring-6 spring-5
// consumes: OrderPlaced orders
// consumes: OrderCancelled orders
// The class names the topic, its methods the types.
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public record OrderCancelled(String orderId) {}
package shop.payment;
@org.springframework.transaction.annotation.Transactional
@org.springframework.kafka.annotation.KafkaListener(topics = "orders")
public class Orders {
    @org.springframework.kafka.annotation.KafkaHandler public void on(shop.order.OrderPlaced event) { System.out.println(event); }
    @org.springframework.kafka.annotation.KafkaHandler public void on(shop.order.OrderCancelled event) { System.out.println(event); }
}
