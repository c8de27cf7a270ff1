package io.github.atleastonce.examples.bugcorpus.keys;

import static io.github.atleastonce.examples.bugcorpus.Stage.credit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** A refund is taken for the charge that has been made under its key. */
@KnownBug(
        id = "W5",
        title = "Uses one idempotency key for two operations: the second is answered as the first",
        metIn = "KanishJebaMathewM/Truxify PR 2885")
final class KeyWithoutOperation {

    private KeyWithoutOperation() {}

    static Bug bug() {
        return Bug.of(KeyWithoutOperation.class, "", Fault.DUPLICATE, Fault.REDELIVERY)
                .withoutAnyFault()
                .faulty(body((db, change) -> perform(db, change, change.id())))
                .fixed(body((db, change) -> perform(db, change, change.what() + "/" + change.id())));
    }

    private static void perform(Database db, Change change, String key) throws SQLException {
        db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", key) == 1) {
                int amount = change.what().equals("charge") ? -change.version() : change.version();
                tx.update("UPDATE customer SET credit = credit + ?", amount);
            }
        });
    }

    private static Bug.Body body(Stage.Handling<Change> handling) {
        return Stage.changes(handling, (scenario, shop, db) -> {
            scenario.channel("changes").send("o-1", new Change("o-1", "charge", 30));
            scenario.channel("changes").send("o-1", new Change("o-1", "refund", 10));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(80);
        });
    }
}
