package io.github.atleastonce.examples.bugcorpus.retriedelsewhere;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** What fails comes again where it is, and the next one of its key waits. */
public final class Fixed implements Consumer {

    private final Database db;

    /** Makes the consumer of a life. */
    public Fixed(Life life, Database db) {
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        db.update("UPDATE customer SET credit = ? WHERE id = ?", order.amount(), order.customer());
    }
}
