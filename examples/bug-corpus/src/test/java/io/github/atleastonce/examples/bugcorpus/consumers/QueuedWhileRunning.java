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
import java.util.List;

/** What asks for a job that is being done finds it in the queue, and then it is deleted as done. */
@KnownBug(
        id = "C39",
        title = "Deletes a job by its name when it is done: it was asked for again meanwhile",
        metIn = "taylorchu/work PR 67")
final class QueuedWhileRunning {

    private QueuedWhileRunning() {}

    static Bug bug() {
        return Bug.of(QueuedWhileRunning.class, "concurrent(", Fault.CONCURRENT)
                .faulty(body("DELETE FROM job WHERE id = 'total'"))
                .fixed(body("DELETE FROM job WHERE id = 'total' AND token = ?"));
    }

    private static Bug.Body body(String delete) {
        return Stage.of(
                (life, db) -> {
                    life.subscribe(
                            "orders",
                            Order.class,
                            order -> db.inTransaction(tx -> {
                                tx.update("INSERT INTO orders VALUES (?) ON CONFLICT DO NOTHING", order.id());
                                tx.update(
                                        "INSERT INTO job VALUES ('total') ON CONFLICT (id) DO UPDATE SET token = job.token + 1");
                            }));
                    Stage.poll(life, "worker", () -> total(db, delete));
                    return db;
                },
                (scenario, shop, db) -> {
                    scenario.reset(() -> db.update("INSERT INTO item VALUES ('total', '', 0)"));
                    send(scenario, order(1), order(2));
                    scenario.settle();
                    assertThat(db.ints("SELECT version FROM item")).containsExactly(2);
                });
    }

    private static boolean total(Database db, String delete) throws SQLException {
        List<Integer> job = db.ints("SELECT token FROM job");
        if (job.isEmpty()) {
            return false;
        }
        int orders = db.ints("SELECT count(*) FROM orders").get(0);
        db.update("UPDATE item SET version = ?", orders);
        db.update(delete, delete.contains("?") ? job.toArray() : new Object[0]);
        return true;
    }
}
