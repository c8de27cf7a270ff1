package io.github.atleastonce.examples.bugcorpus.steps;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** Two deliveries of one part count as two parts. */
@KnownBug(
        id = "S8",
        title = "Counts the parts that are done, a repeated one twice: goes on before all are there",
        metIn = "celery/django-celery-results PR 397")
final class JoinCountedTwice {

    private JoinCountedTwice() {}

    static Bug bug() {
        return Bug.of(JoinCountedTwice.class, "parts[k1", Fault.DUPLICATE, Fault.REDELIVERY)
                .faulty(body(true))
                .fixed(body(false));
    }

    private static void done(Database db, Order part, boolean countsCopies) throws SQLException {
        db.inTransaction(tx -> {
            boolean isNew =
                    tx.update("INSERT INTO item VALUES (?, 'done', ?) ON CONFLICT DO NOTHING", part.id(), part.amount())
                            == 1;
            if (isNew || countsCopies) {
                tx.update("UPDATE relay SET last = last + 1");
                if (tx.ints("SELECT last FROM relay").get(0) == 2) {
                    tx.update("INSERT INTO note SELECT 'sum ' || sum(version) FROM item");
                }
            }
        });
    }

    private static Bug.Body body(boolean countsCopies) {
        return Stage.of(
                (life, db) -> {
                    life.subscribe("parts", Order.class, part -> done(db, part, countsCopies));
                    return db;
                },
                (scenario, shop, db) -> {
                    scenario.channel("parts").send("p-1", order(1));
                    scenario.channel("parts").send("p-2", order(2));
                    scenario.settle();
                    assertThat(db.strings("SELECT what FROM note")).containsExactly("sum 60");
                });
    }
}
