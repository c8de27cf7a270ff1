package io.github.atleastonce.examples.bugcorpus.markedsentbeforeacknowledgement;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Shop;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;
import java.util.Objects;

/** Does not wait for its send. */
public final class Faulty implements Shop {

    private final Life life;
    private final Database db;

    /** Makes the shop of a life. */
    public Faulty(Life life, Database db) {
        this.life = life;
        this.db = db;
    }

    @Override
    public void place(Order order) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO orders VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1) {
                tx.update("INSERT INTO outbox (event) VALUES (?)", order.id());
            }
        });
    }

    @Override
    public boolean relay() throws SQLException {
        var rows = db.ints("SELECT id FROM outbox WHERE NOT sent ORDER BY id");
        for (int row : rows) {
            String event = (String)
                    db.query("SELECT event FROM outbox WHERE id = ?", row).get(0);
            var sent = life.sendAsync("events", "o", new Order(event, "c-1", row));
            db.update("UPDATE outbox SET sent = TRUE WHERE id = ?", row);
            // Nobody looks at what becomes of it.
            Objects.requireNonNull(sent);
        }
        return !rows.isEmpty();
    }
}
