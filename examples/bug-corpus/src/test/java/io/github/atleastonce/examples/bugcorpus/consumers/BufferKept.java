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
import java.util.ArrayList;
import java.util.List;

/** What a failed attempt has collected is still there when the next one collects it. */
@KnownBug(
        id = "C30",
        title = "Keeps what a failed attempt has collected: the next one does it twice",
        metIn = "apache/incubator-seata #1098")
final class BufferKept {

    private BufferKept() {}

    static Bug bug() {
        return Bug.of(BufferKept.class, "connection_lost(shop<orders", Fault.CONNECTION_LOST)
                .faulty(body((life, db) -> {
                    List<Order> collected = new ArrayList<>();
                    return order -> reserve(db, collected, order);
                }))
                .fixed(body((life, db) -> order -> reserve(db, new ArrayList<>(), order)));
    }

    private static void reserve(Database db, List<Order> collected, Order order) throws SQLException {
        collected.add(order);
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1) {
                for (Order each : collected) {
                    tx.update("UPDATE customer SET credit = credit - ?", each.amount());
                }
            }
        });
        collected.clear();
    }

    private static Bug.Body body(Stage.Boot<Consumer> boot) {
        return Stage.consumer(boot, (scenario, shop, db) -> {
            send(scenario, order(1));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(70);
        });
    }
}
