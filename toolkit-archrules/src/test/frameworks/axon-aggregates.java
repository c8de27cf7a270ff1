// generations: present spring-5
// stores: OrderPlaced
// consumes: OrderPlaced
// consumes: OrderPlaced
// consumes: OpenOrder
// consumes: PlaceOrder
package shop.order.api;
public record PlaceOrder(String orderId) {}
package shop.order.api;
public record OpenOrder(String orderId) {}
package shop.order.api;
public record OrderPlaced(String orderId) {}
package shop.order;
public class Order {
    @org.axonframework.commandhandling.CommandHandler
    Order(shop.order.api.OpenOrder command) { System.out.println(command); }
    @org.axonframework.commandhandling.CommandHandler
    void register(shop.order.api.PlaceOrder command) {
        org.axonframework.modelling.command.AggregateLifecycle.apply(new shop.order.api.OrderPlaced(command.orderId()));
    }
}
package shop.payment;
@org.axonframework.spring.stereotype.Saga
public class PaymentSaga {
    @org.axonframework.modelling.saga.SagaEventHandler(associationProperty = "orderId")
    public void on(shop.order.api.OrderPlaced event) { System.out.println(event); }
}
package shop.report;
public class OrderView {
    @org.axonframework.eventhandling.EventHandler
    public void on(shop.order.api.OrderPlaced event) { System.out.println(event); }
}
