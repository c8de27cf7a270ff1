package io.github.atleastonce.examples.bugcorpus.claimwithoutlease;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;
import java.sql.Timestamp;

/** Whoever claimed and died keeps the claim. */
public final class Faulty implements Consumer {

    private final Life life;
    private final Database db;

    /** Makes the consumer of a life. */
    public Faulty(Life life, Database db) {
        this.life = life;
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        if (db.update(
                        "INSERT INTO claim VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        order.id(),
                        order.amount(),
                        new Timestamp(life.clock().millis()))
                == 0) {
            return;
        }
        db.inTransaction(tx -> {
            tx.update("UPDATE claim SET amount = 0 WHERE id = ?", order.id());
            tx.update("UPDATE customer SET credit = credit - ? WHERE id = ?", order.amount(), order.customer());
        });
    }
}
