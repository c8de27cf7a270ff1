package io.github.atleastonce.examples.shipping;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

/** Listens to orders: each wants a shipment, and a tombstone says that the order is gone. */
@Component
public class OrderListener {

    private final KafkaTemplate<String, Object> kafka;

    OrderListener(KafkaTemplate<String, Object> kafka) {
        this.kafka = kafka;
    }

    /**
     * Takes an order.
     *
     * @param order what was placed, or null if it is gone
     * @param orderId the order
     * @param tenant for whom
     */
    @KafkaListener(topics = "shipping-orders", groupId = "shipping")
    public void on(
            @Payload(required = false) @Nullable OrderPlaced order,
            @Header(KafkaHeaders.RECEIVED_KEY) String orderId,
            @Header(name = "tenant", defaultValue = "nobody") String tenant) {
        if (order == null) {
            kafka.send("shipments", orderId, null).join();
        } else {
            kafka.send("shipments", orderId, new ShipmentRequested(orderId, tenant, order.weight()))
                    .join();
        }
    }
}
