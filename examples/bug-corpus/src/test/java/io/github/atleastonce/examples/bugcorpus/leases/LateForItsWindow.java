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
import java.time.Duration;

/** The sum of a minute is published when the minute is over, and what comes later is nobody's. */
@KnownBug(
        id = "L7",
        title = "Closes a window by the clock, and drops what comes late for it",
        metIn = "risingwavelabs/risingwave #23270")
final class LateForItsWindow {

    private LateForItsWindow() {}

    static Bug bug() {
        return Bug.of(LateForItsWindow.class, "delay(shop<orders", Fault.DELAY)
                .faulty(body(LateForItsWindow::faulty))
                .fixed(body(LateForItsWindow::fixed));
    }

    private static void faulty(Database db, Order order) throws SQLException {
        once(db, order, "UPDATE item SET version = version + ? WHERE state = 'open'");
    }

    private static void fixed(Database db, Order order) throws SQLException {
        once(db, order, "UPDATE item SET version = version + ?");
    }

    private static void once(Database db, Order order, String add) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1) {
                tx.update(add, order.amount());
            }
        });
    }

    private static Bug.Body body(Stage.Handling<Order> handling) {
        return (scenario, bare) -> {
            long end = scenario.clock().millis() + Duration.ofSeconds(30).toMillis();
            Stage.of(
                            (life, db) -> {
                                life.subscribe("orders", Order.class, order -> handling.on(db, order));
                                Stage.poll(
                                        life,
                                        "window",
                                        () -> life.clock().millis() > end
                                                && db.update("UPDATE item SET state = 'closed' WHERE state = 'open'")
                                                        == 1);
                                return db;
                            },
                            (same, shop, db) -> {
                                scenario.reset(() -> db.update("INSERT INTO item VALUES ('minute 1', 'open', 0)"));
                                send(scenario, order(1), order(2));
                                scenario.settle();
                                scenario.elapse(Duration.ofHours(1));
                                scenario.settle();
                                assertThat(db.strings("SELECT state || ' ' || version FROM item"))
                                        .containsExactly("closed 60");
                            })
                    .perform(scenario, bare);
        };
    }
}
