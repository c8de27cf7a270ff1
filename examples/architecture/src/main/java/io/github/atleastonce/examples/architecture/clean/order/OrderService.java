package io.github.atleastonce.examples.architecture.clean.order;

import org.springframework.transaction.annotation.Transactional;

/** Writes the order and its event in one transaction. */
public class OrderService {

    private final OrderRepository orders;
    private final OutboxRepository outbox;

    OrderService(OrderRepository orders, OutboxRepository outbox) {
        this.orders = orders;
        this.outbox = outbox;
    }

    @Transactional
    public void place() {
        orders.save(new Order());
        outbox.save(new OutboxMessage());
    }
}
