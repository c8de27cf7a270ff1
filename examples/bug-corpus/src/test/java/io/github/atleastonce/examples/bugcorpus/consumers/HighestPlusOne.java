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

/** Two invoices look for the highest number at the same time, and find the same one. */
@KnownBug(
        id = "C34",
        title = "Takes the highest number plus one: two invoices have the same",
        metIn = "PrestaShop/PrestaShop #28757, django-oscar/django-oscar-invoices #17")
final class HighestPlusOne {

    private HighestPlusOne() {}

    static Bug bug() {
        return Bug.of(HighestPlusOne.class, "item", Fault.CONCURRENT)
                .faulty(body(HighestPlusOne::faulty))
                .fixed(body(HighestPlusOne::fixed));
    }

    private static void faulty(Database db, Order order) throws SQLException {
        db.inTransaction(tx -> {
            int next = tx.ints("SELECT coalesce(max(version), 0) + 1 FROM item").get(0);
            tx.update("INSERT INTO item VALUES (?, 'invoice', ?) ON CONFLICT DO NOTHING", order.id(), next);
        });
    }

    private static void fixed(Database db, Order order) throws SQLException {
        db.inTransaction(tx -> {
            tx.update("UPDATE relay SET last = last + 1");
            int next = tx.ints("SELECT last FROM relay").get(0);
            tx.update("INSERT INTO item VALUES (?, 'invoice', ?) ON CONFLICT DO NOTHING", order.id(), next);
        });
    }

    private static Bug.Body body(Stage.Handling<Order> handling) {
        return Stage.with("orders", twoPartitions(), Stage.orders(handling, (scenario, shop, db) -> {
            send(scenario, order(1), order(2));
            scenario.settle();
            assertThat(db.ints("SELECT version FROM item")).hasSize(2).doesNotHaveDuplicates();
        }));
    }
}
