package io.github.atleastonce.examples.rabbitmq;

import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reserves credit for each order, which reads {@code order:customer:amount}. */
@Component
public class OrderListener {

    private final JdbcTemplate jdbc;
    private final boolean remembersOrders;

    OrderListener(JdbcTemplate jdbc, @Value("${credit.remember-orders}") boolean remembersOrders) {
        this.jdbc = jdbc;
        this.remembersOrders = remembersOrders;
    }

    @Bean
    static Queue orders() {
        return new Queue("orders");
    }

    /**
     * Reserves credit.
     *
     * @param order the order
     */
    @Transactional
    @RabbitListener(queues = "orders")
    public void on(String order) {
        String[] parts = order.split(":");
        if (!remembersOrders || isFirst(parts[0])) {
            int amount = Integer.parseInt(parts[2]);
            jdbc.update("UPDATE customer SET credit = credit - ? WHERE id = ?", amount, parts[1]);
        }
    }

    private boolean isFirst(String order) {
        return jdbc.update("INSERT INTO reservation (order_id) VALUES (?) ON CONFLICT DO NOTHING", order) == 1;
    }
}
