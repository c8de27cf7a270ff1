package io.github.atleastonce.examples.bugcorpus.answeredbeforestored;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.WebhookEvent;
import io.github.atleastonce.examples.bugcorpus.WebhookReceiver;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;

/** What was answered waits in memory. */
public final class Faulty implements WebhookReceiver {

    private final Database db;
    private final Queue<WebhookEvent> waiting = new ArrayDeque<>();

    /** Makes the receiver of a life. */
    public Faulty(Database db) {
        this.db = db;
    }

    @Override
    public int receive(WebhookEvent event) {
        waiting.add(event);
        return 202;
    }

    @Override
    public boolean work() throws SQLException {
        WebhookEvent event = waiting.poll();
        if (event == null) {
            return false;
        }
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", event.id()) == 1) {
                tx.update("UPDATE customer SET credit = credit + ? WHERE id = ?", event.amount(), event.customer());
            }
        });
        return true;
    }
}
