package io.github.atleastonce.examples.bugcorpus.updatedbeforecreated;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.WebhookEvent;
import io.github.atleastonce.examples.bugcorpus.WebhookReceiver;
import java.sql.SQLException;

/** Whatever comes first makes the row, and what is older than the row changes nothing. */
public final class Fixed implements WebhookReceiver {

    private final Database db;

    /** Makes the receiver of a life. */
    public Fixed(Database db) {
        this.db = db;
    }

    @Override
    public int receive(WebhookEvent event) throws SQLException {
        db.update(
                "INSERT INTO customer VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET credit = excluded.credit "
                        + "WHERE customer.credit < excluded.credit",
                event.customer(),
                event.amount());
        return 200;
    }
}
