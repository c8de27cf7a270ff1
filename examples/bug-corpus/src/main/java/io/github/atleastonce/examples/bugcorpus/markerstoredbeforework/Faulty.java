package io.github.atleastonce.examples.bugcorpus.markerstoredbeforework;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.sql.SQLException;

/** The marker says done before it is. */
public final class Faulty implements Consumer {

    private final Database db;

    /** Makes the consumer of a life. */
    public Faulty(Database db) {
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        if (db.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1) {
            db.update("UPDATE customer SET credit = credit - ? WHERE id = ?", order.amount(), order.customer());
        }
    }
}
