package io.github.atleastonce.examples.bugcorpus.steps;

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

/** Each of the last two sees that the other one is missing, and nobody goes on. */
@KnownBug(
        id = "S9",
        title = "Looks whether all parts are done without locking: the last two at once, and nobody goes on",
        metIn = "rails/solid_queue PR 142")
final class LastTwoAtOnce {

    private LastTwoAtOnce() {}

    static Bug bug() {
        return Bug.of(LastTwoAtOnce.class, "shop<orders[k1]", Fault.CONCURRENT)
                .faulty(body(tx -> {}))
                .fixed(body(tx -> tx.update("UPDATE relay SET last = last")));
    }

    private static Bug.Body body(Database.Work lock) {
        Stage.Handling<Order> handling = (db, part) -> db.inTransaction(tx -> {
            lock.on(tx);
            if (tx.update("INSERT INTO orders VALUES (?) ON CONFLICT DO NOTHING", part.id()) == 1
                    && tx.ints("SELECT count(*) FROM orders").get(0) == 2) {
                tx.update("INSERT INTO note VALUES ('all done')");
            }
        });
        return Stage.with("orders", twoPartitions(), Stage.orders(handling, (scenario, shop, db) -> {
            send(scenario, order(1), order(2));
            scenario.settle();
            assertThat(db.strings("SELECT what FROM note")).containsExactly("all done");
        }));
    }
}
