package io.github.atleastonce.examples.bugcorpus.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** Once the row is gone, nothing says that a late change is too late. */
@KnownBug(
        id = "C22",
        title = "Deletes a row together with its version: a late change brings it back",
        metIn = "AWS-South-Wales-User-Group/qldb-simple-demo #17")
final class RowResurrected {

    private static final String UPSERT = "INSERT INTO item VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE "
            + "SET state = EXCLUDED.state, version = EXCLUDED.version WHERE item.version < EXCLUDED.version";

    private RowResurrected() {}

    static Bug bug() {
        return Bug.of(RowResurrected.class, "duplicate(", Fault.DUPLICATE, Fault.REDELIVERY)
                .faulty(body(RowResurrected::faulty))
                .fixed(body(RowResurrected::fixed));
    }

    private static void faulty(Database db, Change change) throws SQLException {
        if (change.what().equals("delete")) {
            db.update("DELETE FROM item WHERE id = ?", change.id());
        } else {
            db.update(UPSERT, change.id(), change.what(), change.version());
        }
    }

    private static void fixed(Database db, Change change) throws SQLException {
        db.update(UPSERT, change.id(), change.what(), change.version());
    }

    private static Bug.Body body(Stage.Handling<Change> handling) {
        return Stage.changes(handling, (scenario, shop, db) -> {
            scenario.channel("changes").send("i-1", new Change("i-1", "put", 1));
            scenario.channel("changes").send("i-1", new Change("i-1", "delete", 2));
            scenario.channel("changes").send("i-2", new Change("i-2", "put", 1));
            scenario.settle();
            assertThat(db.strings("SELECT id FROM item WHERE state = 'put'")).containsExactly("i-2");
        });
    }
}
