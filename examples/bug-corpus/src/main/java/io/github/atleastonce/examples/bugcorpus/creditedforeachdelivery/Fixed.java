package io.github.atleastonce.examples.bugcorpus.creditedforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.WebhookEvent;
import io.github.atleastonce.examples.bugcorpus.WebhookReceiver;
import java.sql.SQLException;

/** Each event is a payment, however often it is delivered. */
public final class Fixed implements WebhookReceiver {

    private final Database db;

    /** Makes the receiver of a life. */
    public Fixed(Database db) {
        this.db = db;
    }

    @Override
    public int receive(WebhookEvent event) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", event.id()) == 1) {
                tx.update("UPDATE customer SET credit = credit + ? WHERE id = ?", event.amount(), event.customer());
            }
        });
        return 200;
    }
}
