package io.github.atleastonce.examples.bugcorpus.consumers;

import static io.github.atleastonce.examples.bugcorpus.Stage.credit;
import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** The second life knows nothing of what the first one has done. */
@KnownBug(
        id = "C21",
        title = "Remembers in memory what it has handled: a restart forgets it",
        metIn = "NousResearch/hermes-agent #100032")
final class MarkerInMemory {

    private MarkerInMemory() {}

    static Bug bug() {
        return Bug.of(MarkerInMemory.class, "crash(shop<orders", Fault.REDELIVERY, Fault.CRASH)
                .faulty(body((life, db) -> {
                    Set<String> seen = new HashSet<>();
                    return order -> faulty(db, seen, order);
                }))
                .fixed(body((life, db) -> order -> fixed(db, order)));
    }

    private static void faulty(Database db, Set<String> seen, Order order) throws SQLException {
        if (seen.add(order.id())) {
            db.update("UPDATE customer SET credit = credit - ?", order.amount());
        }
    }

    private static void fixed(Database db, Order order) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1) {
                tx.update("UPDATE customer SET credit = credit - ?", order.amount());
            }
        });
    }

    private static Bug.Body body(Stage.Boot<Consumer> boot) {
        return Stage.consumer(boot, (scenario, shop, db) -> {
            send(scenario, order(1));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(70);
        });
    }
}
