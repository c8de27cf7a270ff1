package io.github.atleastonce.examples.bugcorpus;

import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** A shop with an outbox as it should be: one transaction, and a relay that marks a row once the broker has the event. */
public final class OutboxShop implements Shop {

    private final Life life;
    private final Database db;

    /** Makes the shop of a life. */
    public OutboxShop(Life life, Database db) {
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
            life.send("events", "o", new Order(event, "c-1", row));
            db.update("UPDATE outbox SET sent = TRUE WHERE id = ?", row);
        }
        return !rows.isEmpty();
    }
}
