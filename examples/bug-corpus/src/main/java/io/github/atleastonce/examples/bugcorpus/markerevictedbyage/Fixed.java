package io.github.atleastonce.examples.bugcorpus.markerevictedbyage;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** Keeps the key with the effect, for as long as that lasts. */
public final class Fixed implements Consumer {

    private final Life life;
    private final Database db;

    /** Makes the consumer of a life. */
    public Fixed(Life life, Database db) {
        this.life = life;
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
