package io.github.atleastonce.examples.bugcorpus.leases;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** A mail that takes longer than the queue waits is sent by somebody else, too. */
@KnownBug(
        id = "L6",
        title = "Works for longer than its message stays hidden, and marks it at the end: somebody else does it, too",
        metIn = "pretix/pretix #2058, celery/celery #5935")
final class RedeliveredWhileAtWork {

    private RedeliveredWhileAtWork() {}

    static Bug bug() {
        return Bug.of(RedeliveredWhileAtWork.class, "pause(shop#1<orders", Fault.PAUSE)
                .faulty(body(RedeliveredWhileAtWork::faulty))
                .fixed(body(RedeliveredWhileAtWork::fixed));
    }

    private static void faulty(Database db, Order order) throws SQLException {
        if (db.query("SELECT id FROM inbox WHERE id = ?", order.id()).isEmpty()) {
            db.update("INSERT INTO note VALUES (?)", "mail for " + order.id());
            db.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id());
        }
    }

    private static void fixed(Database db, Order order) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1) {
                tx.update("INSERT INTO note VALUES (?)", "mail for " + order.id());
            }
        });
    }

    private static Bug.Body body(Stage.Handling<Order> handling) {
        return Stage.nodes(
                (life, db) -> {
                    life.subscribe("orders", Order.class, order -> handling.on(db, order));
                    return db;
                },
                (scenario, shop, db) -> {
                    send(scenario, order(1));
                    scenario.settle();
                    assertThat(db.strings("SELECT what FROM note")).containsExactly("mail for o-1");
                });
    }
}
