package io.github.atleastonce.examples.credit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The customers and their credit. */
@Component
public class Customers {

    private final JdbcTemplate jdbc;
    private final Duplicates duplicates;

    Customers(JdbcTemplate jdbc, Duplicates duplicates) {
        this.jdbc = jdbc;
        this.duplicates = duplicates;
    }

    /**
     * Reserves credit for an order: the key is the order, the value reads {@code customer:amount}.
     *
     * @param order the record
     */
    @Transactional
    @KafkaListener(topics = "orders", groupId = "customers")
    public void reserve(ConsumerRecord<String, String> order) {
        if (duplicates.areRemembered() && !isFirst(order.key())) {
            return;
        }
        String[] parts = order.value().split(":");
        jdbc.update("UPDATE customer SET credit = credit - ? WHERE id = ?", Integer.parseInt(parts[1]), parts[0]);
    }

    private boolean isFirst(String order) {
        return jdbc.update("INSERT INTO reservation (order_id) VALUES (?) ON CONFLICT DO NOTHING", order) == 1;
    }

    /**
     * Returns the credit of a customer.
     *
     * @param id who
     * @return how much
     */
    public int credit(String id) {
        Integer credit = jdbc.queryForObject("SELECT credit FROM customer WHERE id = ?", Integer.class, id);
        return credit == null ? 0 : credit;
    }
}
