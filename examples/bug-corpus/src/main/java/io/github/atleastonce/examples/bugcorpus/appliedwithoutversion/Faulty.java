package io.github.atleastonce.examples.bugcorpus.appliedwithoutversion;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.sql.SQLException;

/** The last delivery wins. */
public final class Faulty implements Consumer {

    private final Database db;

    /** Makes the consumer of a life. */
    public Faulty(Database db) {
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        db.update("UPDATE customer SET credit = ? WHERE id = ?", order.amount(), order.customer());
    }
}
