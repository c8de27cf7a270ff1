package io.github.atleastonce.examples.bugcorpus.consumers;

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

/** What was not thrown is acknowledged. */
@KnownBug(
        id = "C28",
        title = "Catches every error and goes on: what could not be stored counts as done",
        metIn = "JiRaska/open-bank-oss PR 5725")
final class ErrorSwallowed {

    private ErrorSwallowed() {}

    static Bug bug() {
        return Bug.of(ErrorSwallowed.class, "connection_lost(shop<orders", Fault.CONNECTION_LOST)
                .faulty(body(ErrorSwallowed::faulty))
                .fixed(body(ErrorSwallowed::fixed));
    }

    private static void faulty(Database db, Order order) {
        try {
            fixed(db, order);
        } catch (SQLException failure) {
            // A line in the log, perhaps.
        }
    }

    private static void fixed(Database db, Order order) throws SQLException {
        db.update("INSERT INTO orders VALUES (?) ON CONFLICT DO NOTHING", order.id());
    }

    private static Bug.Body body(Stage.Handling<Order> handling) {
        return Stage.orders(handling, (scenario, shop, db) -> {
            send(scenario, order(1));
            scenario.settle();
            assertThat(db.strings("SELECT id FROM orders")).containsExactly("o-1");
        });
    }
}
