package io.github.atleastonce.examples.architecture.planted;

import io.github.atleastonce.examples.architecture.Planted;
import io.github.atleastonce.examples.architecture.planted.order.OrderApproved;
import org.springframework.kafka.annotation.KafkaListener;

/** A listener in no context: no rule about contexts would look at it. */
@Planted("architecture_should_match_code")
public class Stray {

    @KafkaListener(topics = "orders")
    public void on(OrderApproved event) {}
}
