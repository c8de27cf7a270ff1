package io.github.atleastonce.examples.credit;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Publishes what waits in the outbox. */
@Component
public class Relay {

    private final Orders orders;
    private final KafkaTemplate<String, String> kafka;
    private final boolean looking;

    Relay(
            Orders orders,
            KafkaTemplate<String, String> kafka,
            @Value("${credit.wait-for-acknowledgement:true}") boolean looking) {
        this.orders = orders;
        this.kafka = kafka;
        this.looking = looking;
    }

    /** Publishes the orders that wait, and forgets those that the broker has acknowledged; a scheduler calls it again and again. */
    public void publish() {
        for (String order : orders.announced()) {
            var sending = kafka.send("placed-orders", order, order);
            if (looking) {
                sending.join();
            }
            orders.forget(order);
        }
    }
}
