package io.github.atleastonce.examples.architecture.planted.payment;

import io.github.atleastonce.examples.architecture.Planted;
import io.github.atleastonce.examples.architecture.planted.order.OrderCancelled;
import io.github.atleastonce.examples.architecture.planted.order.OrderRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;

/** Looks into the other context's tables, and forgets what fails. */
@Planted({
    "listeners_should_not_swallow_exceptions",
    "contexts_should_use_only_published_contracts @ payment → order",
    "contexts_should_not_share_repositories @ payment → order",
})
public class RefundListener {

    private static final Logger log = LoggerFactory.getLogger(RefundListener.class);

    private final OrderRepository orders;

    public RefundListener(OrderRepository orders) {
        this.orders = orders;
    }

    @KafkaListener(topics = "orders")
    public void on(OrderCancelled event) {
        try {
            refund(event.getOrderId());
        } catch (Exception e) {
            log.error("Could not refund {}", event.getOrderId(), e);
        }
    }

    private void refund(String orderId) {
        if (orders.existsById(orderId)) {
            log.info("Refunding {}", orderId);
        }
    }
}
