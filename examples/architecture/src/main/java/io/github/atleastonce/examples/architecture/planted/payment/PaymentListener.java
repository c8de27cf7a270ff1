package io.github.atleastonce.examples.architecture.planted.payment;

import io.github.atleastonce.examples.architecture.Planted;
import io.github.atleastonce.examples.architecture.planted.order.OrderPlaced;
import org.springframework.kafka.annotation.KafkaListener;

/** Pays again when the event comes again. */
@Planted({
    "consumers_should_deduplicate",
    "foreign_events_within_budget @ payment → order",
})
public class PaymentListener {

    private final PaymentRepository payments;

    public PaymentListener(PaymentRepository payments) {
        this.payments = payments;
    }

    @KafkaListener(topics = "orders")
    public void on(OrderPlaced event) {
        payments.save(new Payment());
    }
}
