// tells: OrderPlaced
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public class OrderService {
    jakarta.enterprise.event.Event<Object> events;
    public void place(String id) { events.fire(new OrderPlaced(id)); }
}
package shop.payment;
public class Payments {}
