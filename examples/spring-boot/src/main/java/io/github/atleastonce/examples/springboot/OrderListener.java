package io.github.atleastonce.examples.springboot;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to orders: the key is the order, the value reads {@code customer:points}. */
@Component
public class OrderListener {

    private final LoyaltyPoints points;

    OrderListener(LoyaltyPoints points) {
        this.points = points;
    }

    /**
     * Takes an order.
     *
     * @param order the record
     */
    @KafkaListener(topics = "loyalty-orders", groupId = "loyalty")
    public void on(ConsumerRecord<String, String> order) {
        String[] parts = order.value().split(":");
        points.book(order.key(), parts[0], Integer.parseInt(parts[1]));
    }
}
