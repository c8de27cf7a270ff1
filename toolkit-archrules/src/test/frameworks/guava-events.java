// tells: OrderPlaced
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public class OrderService {
    com.google.common.eventbus.EventBus events;
    public void place(String id) { events.post(new OrderPlaced(id)); }
}
package shop.payment;
public class Payments {}
