package io.github.atleastonce.examples.bugcorpus.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** The rows of a snapshot are as old as its beginning, and come when they come. */
@KnownBug(
        id = "C25",
        title = "Writes the rows of a snapshot over changes that came before them",
        metIn = "risingwavelabs/risingwave #26860")
final class SnapshotOverDelta {

    private SnapshotOverDelta() {}

    static Bug bug() {
        return Bug.of(SnapshotOverDelta.class, "reorder(", Fault.REORDER)
                .faulty(body(SnapshotOverDelta::faulty))
                .fixed(body(SnapshotOverDelta::fixed));
    }

    private static void faulty(Database db, Change change) throws SQLException {
        put(db, change, "DO UPDATE SET state = EXCLUDED.state");
    }

    private static void fixed(Database db, Change change) throws SQLException {
        put(db, change, change.what().equals("as of noon") ? "DO NOTHING" : "DO UPDATE SET state = EXCLUDED.state");
    }

    private static void put(Database db, Change change, String conflict) throws SQLException {
        db.update("INSERT INTO item VALUES (?, ?) ON CONFLICT (id) " + conflict, change.id(), change.what());
    }

    private static Bug.Body body(Stage.Handling<Change> handling) {
        return Stage.changes(handling, (scenario, shop, db) -> {
            scenario.channel("snapshots").send("i-1", new Change("i-1", "as of noon", 1));
            scenario.channel("changes").send("i-1", new Change("i-1", "changed at one", 2));
            scenario.settle();
            assertThat(db.strings("SELECT state FROM item")).containsExactly("changed at one");
        });
    }
}
