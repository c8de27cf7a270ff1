package io.github.atleastonce.examples.bugcorpus.addedforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.sql.SQLException;

/** Adds for each order. */
public final class Fixed implements Consumer {

    private final Database db;

    /** Makes the consumer of a life. */
    public Fixed(Database db) {
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1) {
                tx.update("UPDATE customer SET credit = credit - ? WHERE id = ?", order.amount(), order.customer());
            }
        });
    }
}
