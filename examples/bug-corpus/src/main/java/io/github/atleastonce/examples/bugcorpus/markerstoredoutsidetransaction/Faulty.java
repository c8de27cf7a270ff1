package io.github.atleastonce.examples.bugcorpus.markerstoredoutsidetransaction;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.sql.SQLException;

/** The work may be done and the marker missing. */
public final class Faulty implements Consumer {

    private final Database db;

    /** Makes the consumer of a life. */
    public Faulty(Database db) {
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        if (db.query("SELECT id FROM inbox WHERE id = ?", order.id()).isEmpty()) {
            db.update("UPDATE customer SET credit = credit - ? WHERE id = ?", order.amount(), order.customer());
            db.update("INSERT INTO inbox VALUES (?)", order.id());
        }
    }
}
