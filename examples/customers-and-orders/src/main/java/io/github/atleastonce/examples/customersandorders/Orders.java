package io.github.atleastonce.examples.customersandorders;

import io.github.atleastonce.examples.customersandorders.OrderEvent.CreditLimitExceeded;
import io.github.atleastonce.examples.customersandorders.OrderEvent.CreditReserved;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderApproved;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderCancelled;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderCreated;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderRejected;
import io.github.atleastonce.examples.customersandorders.OrderRequest.CancelOrder;
import io.github.atleastonce.examples.customersandorders.OrderRequest.PlaceOrder;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The service that knows the orders. An order leaves the state PENDING once, whatever comes, and however often. */
public final class Orders {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Outbox outbox;

    /**
     * Starts the service.
     *
     * @param database its own
     * @param channels where its events go
     * @param relay what it does with events that wait
     */
    public Orders(DataSource database, Channels channels, Relay relay) {
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.outbox = new Outbox(jdbc, "orders", channels, relay);
    }

    /** Does what a customer wants. */
    public void on(OrderRequest request) {
        if (request instanceof PlaceOrder place) {
            place(place);
        } else if (request instanceof CancelOrder) {
            decide(request.orderId(), "CANCELLED", new OrderCancelled(request.orderId()));
        }
    }

    /** Hears whether there is credit. */
    public void on(OrderEvent event) {
        if (event instanceof CreditReserved) {
            decide(event.orderId(), "APPROVED", new OrderApproved(event.orderId()));
        } else if (event instanceof CreditLimitExceeded) {
            decide(event.orderId(), "REJECTED", new OrderRejected(event.orderId()));
        }
    }

    private void place(PlaceOrder order) {
        transaction.executeWithoutResult(status -> {
            if (jdbc.update(
                            "INSERT INTO customer_order (id, state) VALUES (?, 'PENDING') ON CONFLICT DO NOTHING",
                            order.orderId())
                    == 1) {
                outbox.add(new OrderCreated(order.orderId(), order.customerId(), order.total()));
            }
        });
    }

    private void decide(String order, String state, OrderEvent event) {
        transaction.executeWithoutResult(status -> {
            if (jdbc.update("UPDATE customer_order SET state = ? WHERE id = ? AND state = 'PENDING'", state, order)
                    == 1) {
                outbox.add(event);
            }
        });
    }

    /** Publishes what waits in the outbox; returns whether anything did. */
    public boolean relay() {
        return outbox.relay();
    }
}
