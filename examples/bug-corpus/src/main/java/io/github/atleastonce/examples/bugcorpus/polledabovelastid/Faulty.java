package io.github.atleastonce.examples.bugcorpus.polledabovelastid;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Shop;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** A lower id may be committed later. */
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
        int last = db.ints("SELECT last FROM relay").get(0);
        var rows = db.ints("SELECT id FROM outbox WHERE id > ? ORDER BY id", last);
        for (int row : rows) {
            String event = (String)
                    db.query("SELECT event FROM outbox WHERE id = ?", row).get(0);
            life.send("events", "o", new Order(event, "c-1", row));
            db.update("UPDATE relay SET last = ?", row);
        }
        return !rows.isEmpty();
    }
}
