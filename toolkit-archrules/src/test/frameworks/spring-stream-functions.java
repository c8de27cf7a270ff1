// publishes: OrderPlaced orders-out-0
// consumes: OrderPlaced
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public class OrderService {
    org.springframework.cloud.stream.function.StreamBridge bridge;
    public void place(String id) { bridge.send("orders-out-0", new OrderPlaced(id)); }
}
package shop.payment;
public class PaymentFunctions {
    @org.springframework.context.annotation.Bean
    public java.util.function.Consumer<shop.order.OrderPlaced> charge() { return event -> System.out.println(event); }
}
