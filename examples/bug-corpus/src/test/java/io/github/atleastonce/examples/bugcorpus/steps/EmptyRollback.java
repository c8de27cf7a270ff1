package io.github.atleastonce.examples.bugcorpus.steps;

import static io.github.atleastonce.examples.bugcorpus.Stage.credit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** What was never taken is given back. */
@KnownBug(
        id = "S6",
        title = "Compensates a step that has not been done: money from nowhere",
        metIn = "apache/incubator-seata #2711 (empty rollback)")
final class EmptyRollback {

    private EmptyRollback() {}

    static Bug bug() {
        return Bug.of(EmptyRollback.class, "reorder(", Fault.REORDER)
                .faulty(body(true))
                .fixed(body(false));
    }

    private static void take(Database db, Change change) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO item VALUES (?, 'taken') ON CONFLICT DO NOTHING", change.id()) == 1) {
                tx.update("UPDATE customer SET credit = credit - 30");
            }
        });
    }

    private static void giveBack(Database db, Change change, boolean always) throws SQLException {
        db.inTransaction(tx -> {
            int taken = tx.update("UPDATE item SET state = 'given back' WHERE id = ? AND state = 'taken'", change.id());
            if (taken == 0) {
                tx.update("INSERT INTO item VALUES (?, 'given back') ON CONFLICT DO NOTHING", change.id());
            }
            if (taken == 1 || always) {
                tx.update("UPDATE customer SET credit = credit + 30");
            }
        });
    }

    private static Bug.Body body(boolean always) {
        return Stage.of(
                (life, db) -> {
                    life.subscribe("tries", Change.class, it -> take(db, it));
                    life.subscribe("cancels", Change.class, it -> giveBack(db, it, always));
                    return db;
                },
                (scenario, shop, db) -> {
                    scenario.channel("tries").send("r-1", new Change("r-1", "try", 1));
                    scenario.channel("cancels").send("r-1", new Change("r-1", "cancel", 2));
                    scenario.settle();
                    assertThat(db.strings("SELECT state FROM item")).containsExactly("given back");
                    assertThat(credit(db)).isEqualTo(100);
                });
    }
}
