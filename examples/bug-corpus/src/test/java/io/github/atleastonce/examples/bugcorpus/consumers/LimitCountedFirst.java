package io.github.atleastonce.examples.bugcorpus.consumers;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static io.github.atleastonce.examples.bugcorpus.Stage.twoPartitions;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** Two customers redeem the last coupon: each of them sees that it is not redeemed. */
@KnownBug(
        id = "C35",
        title = "Counts the uses before it adds one: a coupon for one is used by two",
        metIn = "saleor/saleor #544, linlinjava/litemall #581")
final class LimitCountedFirst {

    private LimitCountedFirst() {}

    static Bug bug() {
        return Bug.of(LimitCountedFirst.class, "item", Fault.CONCURRENT)
                .faulty(body(LimitCountedFirst::faulty))
                .fixed(body(LimitCountedFirst::fixed));
    }

    private static void faulty(Database db, Order order) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.ints("SELECT count(*) FROM item").get(0) < 1) {
                tx.update("INSERT INTO item VALUES (?, 'coupon used') ON CONFLICT DO NOTHING", order.id());
            }
        });
    }

    private static void fixed(Database db, Order order) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("UPDATE relay SET last = last + 1 WHERE last < 1") == 1) {
                tx.update("INSERT INTO item VALUES (?, 'coupon used') ON CONFLICT DO NOTHING", order.id());
            }
        });
    }

    private static Bug.Body body(Stage.Handling<Order> handling) {
        return Stage.with("orders", twoPartitions(), Stage.orders(handling, (scenario, shop, db) -> {
            send(scenario, order(1), order(2));
            scenario.settle();
            assertThat(db.strings("SELECT id FROM item")).hasSize(1);
        }));
    }
}
