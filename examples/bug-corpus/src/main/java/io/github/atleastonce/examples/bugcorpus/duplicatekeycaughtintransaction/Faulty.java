package io.github.atleastonce.examples.bugcorpus.duplicatekeycaughtintransaction;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.sql.SQLException;

/** Goes on in a transaction that is over. */
public final class Faulty implements Consumer {

    private final Database db;

    /** Makes the consumer of a life. */
    public Faulty(Database db) {
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        db.inTransaction(tx -> {
            if (!tx.query("SELECT id FROM inbox WHERE id = ?", order.id()).isEmpty()) {
                return;
            }
            try {
                tx.update("INSERT INTO inbox VALUES (?)", order.id());
                tx.update("UPDATE customer SET credit = credit - ? WHERE id = ?", order.amount(), order.customer());
            } catch (SQLException duplicate) {
                tx.update("INSERT INTO marker VALUES (?)", order.id());
            }
        });
    }
}
