package shop;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Books each order. */
@Component
public class Accounts {

    private final JdbcTemplate jdbc;
    private final boolean idempotent;

    public Accounts(JdbcTemplate jdbc, @Value("${shop.idempotent:true}") boolean idempotent) {
        this.jdbc = jdbc;
        this.idempotent = idempotent;
    }

    @Transactional
    @KafkaListener(topics = "orders", groupId = "accounts")
    public void on(String order) {
        if (!idempotent || isNew(order)) {
            jdbc.update("UPDATE account SET booked = booked + 1");
        }
    }

    private boolean isNew(String order) {
        return jdbc.update("INSERT INTO inbox SELECT ? WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE id = ?)", order, order)
                == 1;
    }
}
