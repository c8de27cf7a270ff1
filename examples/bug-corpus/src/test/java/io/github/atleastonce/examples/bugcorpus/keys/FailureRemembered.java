package io.github.atleastonce.examples.bugcorpus.keys;

import static io.github.atleastonce.examples.bugcorpus.Stage.credit;
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

/** The retry is answered with the failure that it was to get over. */
@KnownBug(
        id = "W4",
        title = "Stores a failure under the idempotency key: each retry gets it back",
        metIn = "ikyriak/IdempotentAPI #37, KanishJebaMathewM/Truxify PR 2885")
final class FailureRemembered {

    private FailureRemembered() {}

    static Bug bug() {
        return Bug.of(FailureRemembered.class, "connection_lost(shop<orders", Fault.CONNECTION_LOST)
                .faulty(body(FailureRemembered::faulty))
                .fixed(body(FailureRemembered::fixed));
    }

    private static void faulty(Database db, Order order) throws SQLException {
        if (db.query("SELECT state FROM item WHERE id = ?", order.id()).isEmpty()) {
            String answer = "200";
            try {
                db.update("UPDATE customer SET credit = credit - ?", order.amount());
            } catch (SQLException failure) {
                answer = "500";
            }
            db.update("INSERT INTO item VALUES (?, ?) ON CONFLICT DO NOTHING", order.id(), answer);
        }
    }

    private static void fixed(Database db, Order order) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO item VALUES (?, '200') ON CONFLICT DO NOTHING", order.id()) == 1) {
                tx.update("UPDATE customer SET credit = credit - ?", order.amount());
            }
        });
    }

    private static Bug.Body body(Stage.Handling<Order> handling) {
        return Stage.orders(handling, (scenario, shop, db) -> {
            send(scenario, order(1));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(70);
        });
    }
}
