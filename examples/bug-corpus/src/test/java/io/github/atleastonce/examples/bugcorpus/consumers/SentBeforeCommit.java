package io.github.atleastonce.examples.bugcorpus.consumers;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;

/** Who hears of an order looks for it, and it is not there yet. */
@KnownBug(
        id = "C32",
        title = "Sends an id before it commits: whoever looks for the row finds none",
        metIn = "discourse/discourse PR 11293")
final class SentBeforeCommit {

    private SentBeforeCommit() {}

    static Bug bug() {
        return Bug.of(SentBeforeCommit.class, "shop<commands[k1]/send orders", Fault.CONCURRENT)
                .faulty(body((life, db) -> {
                    life.subscribe(
                            "commands",
                            Order.class,
                            order -> db.inTransaction(tx -> {
                                tx.update("INSERT INTO orders VALUES (?) ON CONFLICT DO NOTHING", order.id());
                                life.send("orders", order.id(), order);
                            }));
                    return db;
                }))
                .fixed(body((life, db) -> {
                    life.subscribe("commands", Order.class, order -> {
                        db.update("INSERT INTO orders VALUES (?) ON CONFLICT DO NOTHING", order.id());
                        life.send("orders", order.id(), order);
                    });
                    return db;
                }));
    }

    private static Bug.Body body(Stage.Boot<Database> boot) {
        return Stage.of(boot, (scenario, shop, db) -> {
            scenario.service("mailer", life -> {
                life.subscribe(
                        "orders",
                        Order.class,
                        order -> db.update(
                                "INSERT INTO item SELECT id FROM orders WHERE id = ? ON CONFLICT DO NOTHING",
                                order.id()));
                return life;
            });
            scenario.channel("commands").send("o-1", order(1));
            scenario.settle();
            assertThat(db.strings("SELECT id FROM item")).containsExactly("o-1");
        });
    }
}
