package io.github.atleastonce.examples.architecture.planted.order;

import io.github.atleastonce.examples.architecture.Planted;
import org.springframework.kafka.core.KafkaTemplate;

/** Writes and sends, with nothing that keeps the two together. */
@Planted("writes_and_sends_should_use_outbox")
@SuppressWarnings("FutureReturnValueIgnored")
public class OrderService {

    private final OrderRepository orders;
    private final KafkaTemplate<String, Object> kafka;

    public OrderService(OrderRepository orders, KafkaTemplate<String, Object> kafka) {
        this.orders = orders;
        this.kafka = kafka;
    }

    public void place(String id) {
        Order order = orders.save(new Order());
        kafka.send("orders", id, new OrderPlaced(id, order));
    }

    public void cancel(String id) {
        OrderCancelled event = new OrderCancelled();
        event.setOrderId(id);
        kafka.send("orders", id, event);
    }

    public void approve(String id) {
        kafka.send("orders", id, new OrderApproved(id, "30"));
    }
}
