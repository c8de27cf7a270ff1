package io.github.atleastonce.examples.bugcorpus.updatedbeforecreated;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.WebhookEvent;
import io.github.atleastonce.examples.bugcorpus.WebhookReceiver;
import java.sql.SQLException;

/** A change of somebody whom it does not know changes nothing, and is answered all the same. */
public final class Faulty implements WebhookReceiver {

    private final Database db;

    /** Makes the receiver of a life. */
    public Faulty(Database db) {
        this.db = db;
    }

    @Override
    public int receive(WebhookEvent event) throws SQLException {
        if (event.type().equals("created")) {
            db.update("INSERT INTO customer VALUES (?, ?) ON CONFLICT DO NOTHING", event.customer(), event.amount());
        } else {
            db.update("UPDATE customer SET credit = ? WHERE id = ?", event.amount(), event.customer());
        }
        return 200;
    }
}
