// generations: spring-5
// publishes: PaymentTaken payments
// consumes: OrderPlaced orders
// consumes: OrderPaid paid
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public record OrderPaid(String orderId) {}
package shop.payment;
public record PaymentTaken(String orderId) {}
package shop.payment;
public class Payments {
    @org.springframework.cloud.stream.annotation.StreamListener("orders") @org.springframework.messaging.handler.annotation.SendTo("payments")
    public PaymentTaken on(shop.order.OrderPlaced event) { return new PaymentTaken(event.orderId()); }
    @org.springframework.cloud.stream.annotation.StreamListener(target = "paid")
    public void on(shop.order.OrderPaid event) { System.out.println(event); }
}
