package io.github.atleastonce.examples.bugcorpus.creditedforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.WebhookEvent;
import io.github.atleastonce.examples.bugcorpus.WebhookReceiver;
import java.sql.SQLException;

/** Each delivery is a payment. */
public final class Faulty implements WebhookReceiver {

    private final Database db;

    /** Makes the receiver of a life. */
    public Faulty(Database db) {
        this.db = db;
    }

    @Override
    public int receive(WebhookEvent event) throws SQLException {
        db.update("UPDATE customer SET credit = credit + ? WHERE id = ?", event.amount(), event.customer());
        return 200;
    }
}
