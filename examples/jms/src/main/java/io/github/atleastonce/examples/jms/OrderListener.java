package io.github.atleastonce.examples.jms;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reserves credit for each order, which reads {@code order:customer:amount}, and says so. */
@Component
public class OrderListener {

    private final JdbcTemplate jdbc;
    private final JmsTemplate jms;
    private final boolean remembersOrders;

    OrderListener(JdbcTemplate jdbc, JmsTemplate jms, @Value("${credit.remember-orders}") boolean remembersOrders) {
        this.jdbc = jdbc;
        this.jms = jms;
        this.remembersOrders = remembersOrders;
    }

    /**
     * Reserves credit.
     *
     * @param order the order
     */
    @Transactional
    @JmsListener(destination = "orders")
    public void on(String order) {
        String[] parts = order.split(":");
        if (remembersOrders && !isFirst(parts[0])) {
            return;
        }
        int amount = Integer.parseInt(parts[2]);
        jdbc.update("UPDATE customer SET credit = credit - ? WHERE id = ?", amount, parts[1]);
        jms.convertAndSend("reservations", parts[0]);
    }

    private boolean isFirst(String order) {
        return jdbc.update("INSERT INTO reservation (order_id) VALUES (?) ON CONFLICT DO NOTHING", order) == 1;
    }
}
