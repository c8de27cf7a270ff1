// stores: OrderPlaced Order
// consumes: OrderPlaced Order
package shop.order;
public record OrderPlaced(String orderId) implements io.eventuate.tram.events.common.DomainEvent {}
package shop.order;
public class OrderService {
    io.eventuate.tram.events.publisher.DomainEventPublisher events;
    public void place(String id) { events.publish("Order", id, java.util.List.of(new OrderPlaced(id))); }
}
package shop.payment;
import io.eventuate.tram.events.subscriber.*;
public class PaymentEvents {
    DomainEventHandlers handlers() {
        return DomainEventHandlersBuilder.forAggregateType("Order").onEvent(shop.order.OrderPlaced.class, this::charge).build();
    }
    void charge(DomainEventEnvelope<shop.order.OrderPlaced> event) { System.out.println(event); }
}
