package io.github.atleastonce.examples.bugcorpus.answeredbeforestored;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.WebhookEvent;
import io.github.atleastonce.examples.bugcorpus.WebhookReceiver;
import java.sql.SQLException;
import java.util.List;

/** What was answered waits in a table. */
public final class Fixed implements WebhookReceiver {

    private final Database db;

    /** Makes the receiver of a life. */
    public Fixed(Database db) {
        this.db = db;
    }

    @Override
    public int receive(WebhookEvent event) throws SQLException {
        db.update(
                "INSERT INTO hook (id, customer, amount) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                event.id(),
                event.customer(),
                event.amount());
        return 202;
    }

    @Override
    public boolean work() throws SQLException {
        List<Object> waiting = db.query("SELECT id FROM hook WHERE NOT done ORDER BY id");
        for (Object id : waiting) {
            db.inTransaction(tx -> {
                if (tx.update("UPDATE hook SET done = TRUE WHERE id = ? AND NOT done", id) == 1) {
                    tx.update(
                            "UPDATE customer SET credit = credit + hook.amount FROM hook "
                                    + "WHERE hook.id = ? AND customer.id = hook.customer",
                            id);
                }
            });
        }
        return !waiting.isEmpty();
    }
}
