package io.github.atleastonce.examples.architecture.clean.payment;

import io.github.atleastonce.examples.architecture.clean.order.OrderCancelled;
import io.github.atleastonce.examples.architecture.clean.order.OrderPlaced;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;

/** Handles each message once, in one transaction, and lets failures pass to the error handler. */
class PaymentListener {

    private static final Logger log = LoggerFactory.getLogger(PaymentListener.class);

    private final PaymentRepository payments;
    private final ProcessedMessageRepository processed;

    PaymentListener(PaymentRepository payments, ProcessedMessageRepository processed) {
        this.payments = payments;
        this.processed = processed;
    }

    @Transactional
    @KafkaListener(topics = "orders")
    public void on(OrderPlaced event) {
        if (!processed.existsById(event.orderId())) {
            processed.save(new ProcessedMessage());
            payments.save(new Payment());
        }
    }

    @KafkaListener(topics = "orders")
    public void on(OrderCancelled event) {
        try {
            refund(event.orderId());
        } catch (RuntimeException e) {
            log.error("Could not refund {}", event.orderId(), e);
            throw e;
        }
    }

    private void refund(String orderId) {
        log.info("Refunding {}", orderId);
    }
}
