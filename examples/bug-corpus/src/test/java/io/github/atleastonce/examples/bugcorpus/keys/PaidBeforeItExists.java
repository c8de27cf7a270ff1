package io.github.atleastonce.examples.bugcorpus.keys;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** The provider is faster than whoever stores the order, and says it only once. */
@KnownBug(
        id = "W6",
        title = "Answers 200 to a payment for an order that it does not know yet: never paid",
        metIn = "duncanmcclean/statamic-cargo #190")
final class PaidBeforeItExists {

    private PaidBeforeItExists() {}

    static Bug bug() {
        return Bug.of(PaidBeforeItExists.class, "reorder(shop<orders[k1],shop<payments[k1])", Fault.REORDER)
                .faulty(body(PaidBeforeItExists::pay))
                .fixed(body((db, payment) -> {
                    if (pay(db, payment) == 0) {
                        throw new IllegalStateException("404: no such order yet.");
                    }
                }));
    }

    private static int pay(Database db, Change payment) throws SQLException {
        return db.update("UPDATE item SET state = 'paid' WHERE id = ?", payment.id());
    }

    private static Bug.Body body(Stage.Handling<Change> paid) {
        return Stage.of(
                (life, db) -> {
                    life.subscribe(
                            "orders",
                            Order.class,
                            order -> db.update(
                                    "INSERT INTO item VALUES (?, 'pending') ON CONFLICT DO NOTHING", order.id()));
                    life.subscribe("payments", Change.class, payment -> paid.on(db, payment));
                    return db;
                },
                (scenario, shop, db) -> {
                    send(scenario, order(1));
                    scenario.channel("payments").send("o-1", new Change("o-1", "paid", 1));
                    scenario.settle();
                    assertThat(db.strings("SELECT state FROM item")).containsExactly("paid");
                });
    }
}
