package io.github.atleastonce.examples.architecture.clean.order;

import org.springframework.kafka.core.KafkaTemplate;

/** Sends what the outbox holds, and then forgets it. */
class OrderRelay {

    private final OutboxRepository outbox;
    private final KafkaTemplate<String, Object> kafka;

    OrderRelay(OutboxRepository outbox, KafkaTemplate<String, Object> kafka) {
        this.outbox = outbox;
        this.kafka = kafka;
    }

    void relay() {
        for (OutboxMessage message : outbox.findAll()) {
            kafka.send("orders", message.orderId, new OrderPlaced(message.orderId, 30))
                    .join();
            outbox.delete(message);
        }
    }

    void cancelled(String orderId) {
        kafka.send("orders", orderId, new OrderCancelled(orderId)).join();
    }
}
