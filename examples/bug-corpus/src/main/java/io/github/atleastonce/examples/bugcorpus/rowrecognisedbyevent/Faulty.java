package io.github.atleastonce.examples.bugcorpus.rowrecognisedbyevent;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Shop;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** Marks all rows of the same event. */
public final class Faulty implements Shop {

    private final Life life;
    private final Database db;

    /** Makes the shop of a life. */
    public Faulty(Life life, Database db) {
        this.life = life;
        this.db = db;
    }

    @Override
    public void place(Order order) throws SQLException {
        db.update("INSERT INTO outbox (event) VALUES ('ping')");
    }

    @Override
    public boolean relay() throws SQLException {
        var rows = db.ints("SELECT id FROM outbox WHERE NOT sent ORDER BY id");
        for (int row : rows) {
            String event = (String)
                    db.query("SELECT event FROM outbox WHERE id = ?", row).get(0);
            life.send("events", "o", new Order(event, "c-1", row));
            db.update("UPDATE outbox SET sent = TRUE WHERE event = ?", event);
        }
        return !rows.isEmpty();
    }
}
