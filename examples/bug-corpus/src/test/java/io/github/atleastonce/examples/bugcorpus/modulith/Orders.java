package io.github.atleastonce.examples.bugcorpus.modulith;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Places orders and tells the application of them. */
final class Orders {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    Orders(JdbcTemplate jdbc, PlatformTransactionManager transactions, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
    }

    /** One transaction, as the library wants it. */
    void place(String order) {
        transaction.executeWithoutResult(status -> {
            insert(order);
            events.publishEvent(new OrderPlaced(order));
        });
    }

    /** The same, but the order is refused in the end. */
    void refuse(String order) {
        transaction.executeWithoutResult(status -> {
            insert(order);
            events.publishEvent(new OrderPlaced(order));
            status.setRollbackOnly();
        });
    }

    /** Misused: two transactions, one for the order and one for its event. */
    void placeInTwo(String order) {
        transaction.executeWithoutResult(status -> insert(order));
        transaction.executeWithoutResult(status -> events.publishEvent(new OrderPlaced(order)));
    }

    private void insert(String order) {
        jdbc.update("INSERT INTO orders VALUES (?)", order);
    }
}
