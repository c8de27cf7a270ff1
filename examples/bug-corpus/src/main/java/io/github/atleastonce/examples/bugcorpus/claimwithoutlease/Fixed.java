package io.github.atleastonce.examples.bugcorpus.claimwithoutlease;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;

/** A claim that is older than its lease is taken over. */
public final class Fixed implements Consumer {

    private final Life life;
    private final Database db;

    /** Makes the consumer of a life. */
    public Fixed(Life life, Database db) {
        this.life = life;
        this.db = db;
        life.poll("take-over", this::takeOver);
    }

    @Override
    public void on(Order order) throws SQLException {
        db.update(
                "INSERT INTO claim VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                order.id(),
                order.amount(),
                new Timestamp(life.clock().millis()));
        work(life.clock().millis());
    }

    private boolean takeOver() {
        try {
            long lease = Duration.ofMinutes(1).toMillis();
            return work(life.clock().millis() - lease);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private boolean work(long claimedBy) throws SQLException {
        boolean[] worked = new boolean[1];
        db.inTransaction(tx -> {
            for (int amount : tx.ints(
                    "SELECT amount FROM claim WHERE amount > 0 AND since <= ? FOR UPDATE", new Timestamp(claimedBy))) {
                tx.update("UPDATE claim SET amount = 0");
                tx.update("UPDATE customer SET credit = credit - ?", amount);
                worked[0] = true;
            }
        });
        return worked[0];
    }
}
