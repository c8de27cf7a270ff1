package io.github.atleastonce.examples.bugcorpus.lostupdate;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.sql.SQLException;

/** Writes what it computed from an old value. */
public final class Faulty implements Consumer {

    private final Database db;

    /** Makes the consumer of a life. */
    public Faulty(Database db) {
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1) {
                int credit = tx.ints("SELECT credit FROM customer WHERE id = ?", order.customer())
                        .get(0);
                tx.update("UPDATE customer SET credit = ? WHERE id = ?", credit - order.amount(), order.customer());
            }
        });
    }
}
