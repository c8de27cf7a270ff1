package io.github.atleastonce.examples.customersandorders.boot;

import io.github.atleastonce.examples.customersandorders.Customers;
import io.github.atleastonce.examples.customersandorders.Notifications;
import io.github.atleastonce.examples.customersandorders.OrderEvent;
import io.github.atleastonce.examples.customersandorders.OrderRequest;
import io.github.atleastonce.examples.customersandorders.Orders;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What the services hear, and when they say what they have to say. */
@Component
class Listeners {

    private final Orders orders;
    private final Customers customers;
    private final Notifications notifications;

    Listeners(Orders orders, Customers customers, Notifications notifications) {
        this.orders = orders;
        this.customers = customers;
        this.notifications = notifications;
    }

    @KafkaListener(topics = "requests", groupId = "orders-requests")
    void onRequest(OrderRequest request) {
        orders.on(request);
    }

    @KafkaListener(topics = "customers", groupId = "orders")
    void onDecision(OrderEvent event) {
        orders.on(event);
    }

    @KafkaListener(topics = "orders", groupId = "customers")
    void onOrder(OrderEvent event) {
        customers.on(event);
    }

    @KafkaListener(topics = "orders", groupId = "notifications")
    void onEnd(OrderEvent event) {
        notifications.on(event);
    }

    @Scheduled(fixedDelay = 200)
    void relayOrders() {
        orders.relay();
    }

    @Scheduled(fixedDelay = 200)
    void relayCustomers() {
        customers.relay();
    }
}
