package io.github.atleastonce.examples.customersandorders;

import io.github.atleastonce.examples.customersandorders.OrderEvent.CreditLimitExceeded;
import io.github.atleastonce.examples.customersandorders.OrderEvent.CreditReleased;
import io.github.atleastonce.examples.customersandorders.OrderEvent.CreditReserved;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderCancelled;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderCreated;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The service that knows the credit of customers. It remembers each order that it has decided about, also when the credit is free again. */
public final class Customers {

    /** Whether it remembers them: the switch between the right service and the wrong one. */
    public enum Memory {
        /** A reservation that was released stays as such. */
        KEEPS_RELEASED,
        /** A reservation that was released is deleted, so the order that comes once more is a new one. */
        FORGETS_RELEASED
    }

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final Memory memory;

    /**
     * Starts the service.
     *
     * @param database its own
     * @param channels where its events go
     * @param memory what it does with what was released
     */
    public Customers(DataSource database, Channels channels, Memory memory) {
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.outbox = new Outbox(jdbc, "customers", channels, Relay.SENDS_FIRST);
        this.memory = memory;
    }

    /** Hears of an order. */
    public void on(OrderEvent event) {
        if (event instanceof OrderCreated order) {
            transaction.executeWithoutResult(status -> reserve(order));
        } else if (event instanceof OrderCancelled) {
            transaction.executeWithoutResult(status -> release(event.orderId()));
        }
    }

    private void reserve(OrderCreated order) {
        if (jdbc.update(
                        "INSERT INTO reservation (order_id, customer_id, total, state) VALUES (?, ?, ?, 'REFUSED') ON CONFLICT DO NOTHING",
                        order.orderId(),
                        order.customerId(),
                        order.total())
                == 0) {
            return;
        }
        boolean covered = jdbc.update(
                        "UPDATE customer SET credit = credit - ? WHERE id = ? AND credit >= ?",
                        order.total(),
                        order.customerId(),
                        order.total())
                == 1;
        if (covered) {
            jdbc.update("UPDATE reservation SET state = 'RESERVED' WHERE order_id = ?", order.orderId());
            outbox.add(new CreditReserved(order.orderId()));
        } else {
            outbox.add(new CreditLimitExceeded(order.orderId()));
        }
    }

    private void release(String order) {
        if (jdbc.update("UPDATE reservation SET state = 'RELEASED' WHERE order_id = ? AND state = 'RESERVED'", order)
                == 1) {
            jdbc.update(
                    "UPDATE customer SET credit = credit + (SELECT total FROM reservation WHERE order_id = ?) "
                            + "WHERE id = (SELECT customer_id FROM reservation WHERE order_id = ?)",
                    order,
                    order);
            outbox.add(new CreditReleased(order));
            if (memory == Memory.FORGETS_RELEASED) {
                jdbc.update("DELETE FROM reservation WHERE order_id = ?", order);
            }
        }
    }

    /** Publishes what waits in the outbox; returns whether anything did. */
    public boolean relay() {
        return outbox.relay();
    }
}
