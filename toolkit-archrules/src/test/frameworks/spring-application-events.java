// tells: OrderPlaced
// consumes: OrderPlaced
// consumes: OrderPlaced
// consumes: OrderPlaced
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public class OrderService {
    org.springframework.context.ApplicationEventPublisher publisher;
    public void place(String id) { publisher.publishEvent(new OrderPlaced(id)); }
}
package shop.payment;
public class PaymentListener {
    @org.springframework.context.event.EventListener
    public void heard(shop.order.OrderPlaced event) { System.out.println(event); }
    @org.springframework.transaction.event.TransactionalEventListener
    public void committed(shop.order.OrderPlaced event) { System.out.println(event); }
    @org.springframework.modulith.events.ApplicationModuleListener
    public void module(shop.order.OrderPlaced event) { System.out.println(event); }
}
