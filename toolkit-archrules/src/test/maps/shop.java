// budget: payment order 1
// budget: shipping order 3
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public record OrderCancelled(String orderId) {}
package shop.payment;
public record PaymentMade(String orderId) {}
package shop.order;
@org.springframework.stereotype.Service public class OrderService {
    %sender
    void place() { %send{orders new OrderPlaced("")}; }
    void cancel() { %send{orders new OrderCancelled("")}; }
    public String address(String id) { return id; }
    %listen{on shop.payment.PaymentMade event} { System.out.println(event); }
}
package shop.payment;
public class PaymentService {
    %sender
    void pay() { %send{payments new PaymentMade("")}; }
    %listen{on shop.order.OrderPlaced event} { System.out.println(event); }
    %listen{onCancelled shop.order.OrderCancelled event} { System.out.println(event); }
}
package shop.shipping;
public class ShippingService {
    shop.order.OrderService orders;
    %listen{on shop.payment.PaymentMade event} { orders.address(event.orderId()); }
    %listen{onPlaced shop.order.OrderPlaced event} { System.out.println(event); }
}
