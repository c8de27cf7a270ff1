// publishes: OrderPlaced orders
// consumes: OrderPlaced orders
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public class OrderService {
    @org.eclipse.microprofile.reactive.messaging.Outgoing("orders")
    public io.smallrye.mutiny.Multi<OrderPlaced> placed() { return io.smallrye.mutiny.Multi.createFrom().items(new OrderPlaced("o-1")); }
}
package shop.payment;
public class PaymentListener {
    @org.eclipse.microprofile.reactive.messaging.Incoming("orders")
    public io.smallrye.mutiny.Uni<Void> on(org.eclipse.microprofile.reactive.messaging.Message<shop.order.OrderPlaced> message) { return io.smallrye.mutiny.Uni.createFrom().voidItem(); }
}
