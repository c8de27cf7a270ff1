package io.github.atleastonce.examples.bugcorpus.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** Between two statements there is no row, and a crash makes that last. */
@KnownBug(
        id = "P3",
        title = "Refreshes a row by deleting and inserting it, without a transaction: readers find none",
        metIn = "coursera/dataduct PR 109")
final class DeletedThenInserted {

    private DeletedThenInserted() {}

    static Bug bug() {
        return Bug.of(DeletedThenInserted.class, "crash(shop<changes[k1]/delete item)", Fault.CRASH)
                .faulty(body(DeletedThenInserted::refresh))
                .fixed(body((db, change) -> db.inTransaction(tx -> refresh(tx, change))));
    }

    private static void refresh(Database db, Change change) throws SQLException {
        db.update("DELETE FROM item");
        db.update("INSERT INTO item VALUES ('price', ?)", change.what());
    }

    private static Bug.Body body(Stage.Handling<Change> handling) {
        return Stage.changes(handling, (scenario, shop, db) -> {
            scenario.reset(() -> db.update("INSERT INTO item VALUES ('price', '1.00')"));
            scenario.always(() -> assertThat(db.strings("SELECT id FROM item")).containsExactly("price"));
            scenario.channel("changes").send("price", new Change("price", "2.00", 2));
            scenario.settle();
            assertThat(db.strings("SELECT state FROM item")).containsExactly("2.00");
        });
    }
}
