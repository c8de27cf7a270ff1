package io.github.atleastonce.examples.bugcorpus.lockedwithouttransaction;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Shop;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** The lock is kept until the rows are marked. */
public final class Fixed implements Shop {

    private final Life life;
    private final Database db;

    /** Makes the shop of a life. */
    public Fixed(Life life, Database db) {
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
        boolean[] found = new boolean[1];
        db.inTransaction(tx -> {
            tx.update("UPDATE relay SET last = last + 1");
            for (int row : tx.ints("SELECT id FROM outbox WHERE NOT sent ORDER BY id LIMIT 1")) {
                String event = (String)
                        tx.query("SELECT event FROM outbox WHERE id = ?", row).get(0);
                life.send("events", "o", new Order(event, "c-1", row));
                tx.update("UPDATE outbox SET sent = TRUE WHERE id = ?", row);
                found[0] = true;
            }
        });
        return found[0];
    }
}
