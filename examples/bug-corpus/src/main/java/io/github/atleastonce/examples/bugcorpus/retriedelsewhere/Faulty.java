package io.github.atleastonce.examples.bugcorpus.retriedelsewhere;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** What fails is put aside to be tried again, and the next one of its key goes on. */
public final class Faulty implements Consumer {

    private final Life life;
    private final Database db;

    /** Makes the consumer of a life. */
    public Faulty(Life life, Database db) {
        this.life = life;
        this.db = db;
    }

    @Override
    public void on(Order order) {
        try {
            db.update("UPDATE customer SET credit = ? WHERE id = ?", order.amount(), order.customer());
        } catch (SQLException failure) {
            life.send("retries", order.customer(), order);
        }
    }
}
