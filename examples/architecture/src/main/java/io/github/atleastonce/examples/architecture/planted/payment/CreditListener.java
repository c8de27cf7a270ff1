package io.github.atleastonce.examples.architecture.planted.payment;

import io.github.atleastonce.examples.architecture.Planted;
import io.github.atleastonce.examples.architecture.planted.order.OrderApproved;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.web.client.RestClient;

/** Stands still while the credit bureau does. */
@Planted("handlers_should_not_call_remotes")
public class CreditListener {

    private final RestClient bureau;

    public CreditListener(RestClient bureau) {
        this.bureau = bureau;
    }

    @KafkaListener(topics = "orders")
    public void on(OrderApproved event) {
        bureau.get().uri("/credit/{order}", event.orderId()).retrieve().toBodilessEntity();
    }
}
