package io.github.atleastonce.examples.bugcorpus.markerevictedbyage;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;

/** Forgets after an hour; duplicates have no such limit. */
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
        db.inTransaction(tx -> {
            tx.update(
                    "DELETE FROM claim WHERE since < ?",
                    new Timestamp(life.clock().millis() - Duration.ofHours(1).toMillis()));
            if (tx.update(
                            "INSERT INTO claim VALUES (?, 0, ?) ON CONFLICT DO NOTHING",
                            order.id(),
                            new Timestamp(life.clock().millis()))
                    == 1) {
                tx.update("UPDATE customer SET credit = credit - ? WHERE id = ?", order.amount(), order.customer());
            }
        });
    }
}
