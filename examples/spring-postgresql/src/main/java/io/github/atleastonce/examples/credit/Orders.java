package io.github.atleastonce.examples.credit;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The orders that the service takes itself, each with its event in an outbox. */
@Component
public class Orders {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final boolean together;

    Orders(
            JdbcTemplate jdbc,
            PlatformTransactionManager manager,
            @Value("${credit.one-transaction:true}") boolean together) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(manager);
        this.together = together;
    }

    /**
     * Takes an order.
     *
     * @param id the order
     */
    public void place(String id) {
        if (together) {
            transaction.executeWithoutResult(status -> {
                insertOrder(id);
                insertEvent(id);
            });
        } else {
            insertOrder(id);
            insertEvent(id);
        }
    }

    private void insertOrder(String id) {
        jdbc.update("INSERT INTO placed_order (id) VALUES (?)", id);
    }

    private void insertEvent(String id) {
        jdbc.update("INSERT INTO outbox (order_id) VALUES (?)", id);
    }

    /**
     * Takes note that others have been told of an order.
     *
     * @param id the order
     */
    void forget(String id) {
        jdbc.update("DELETE FROM outbox WHERE order_id = ?", id);
    }

    /**
     * Returns the orders that were taken.
     *
     * @return their ids
     */
    public List<String> ids() {
        return jdbc.query("SELECT id FROM placed_order ORDER BY id", (row, number) -> row.getString(1));
    }

    /**
     * Returns the orders that others will hear of.
     *
     * @return their ids
     */
    public List<String> announced() {
        return jdbc.query("SELECT order_id FROM outbox ORDER BY order_id", (row, number) -> row.getString(1));
    }
}
