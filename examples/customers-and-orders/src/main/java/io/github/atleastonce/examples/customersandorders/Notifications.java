package io.github.atleastonce.examples.customersandorders;

import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderCreated;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service that tells customers what became of their orders: one letter for each. */
public final class Notifications {

    private final JdbcTemplate jdbc;

    /**
     * Starts the service.
     *
     * @param database its own
     */
    public Notifications(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /** Hears of an order. */
    public void on(OrderEvent event) {
        if (!(event instanceof OrderCreated)) {
            jdbc.update(
                    "INSERT INTO letter (order_id, says) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    event.orderId(),
                    event.getClass().getSimpleName());
        }
    }
}
