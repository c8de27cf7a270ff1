package io.github.atleastonce.examples.bugcorpus.consumers;

import static io.github.atleastonce.examples.bugcorpus.Stage.twoPartitions;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** Each of two handlers changes a column of its own, and writes back the other one as it was. */
@KnownBug(
        id = "C24",
        title = "Saves a whole row as it was read: takes back what another handler has changed meanwhile",
        metIn = "duncanmcclean/statamic-cargo PR 195")
final class WholeRowSaved {

    private WholeRowSaved() {}

    static Bug bug() {
        return Bug.of(WholeRowSaved.class, "select item", Fault.CONCURRENT)
                .faulty(body(WholeRowSaved::faulty))
                .fixed(body(WholeRowSaved::fixed));
    }

    private static void faulty(Database db, Change change) throws SQLException {
        String[] row = db.query("SELECT state || '/' || version FROM item")
                .get(0)
                .toString()
                .split("/");
        String state = change.what().equals("payment") ? "paid" : row[0];
        int version = change.what().equals("payment") ? Integer.parseInt(row[1]) : change.version();
        db.update("UPDATE item SET state = ?, version = ?", state, version);
    }

    private static void fixed(Database db, Change change) throws SQLException {
        if (change.what().equals("payment")) {
            db.update("UPDATE item SET state = 'paid'");
        } else {
            db.update("UPDATE item SET version = ?", change.version());
        }
    }

    private static Bug.Body body(Stage.Handling<Change> handling) {
        return Stage.with("changes", twoPartitions(), Stage.changes(handling, (scenario, shop, db) -> {
            scenario.reset(() -> db.update("INSERT INTO item VALUES ('o-1', 'pending', 0)"));
            scenario.channel("changes").send("payments", new Change("o-1", "payment", 0));
            scenario.channel("changes").send("carriers", new Change("o-1", "parcel", 7));
            scenario.settle();
            assertThat(db.strings("SELECT state || ', parcel ' || version FROM item"))
                    .containsExactly("paid, parcel 7");
        }));
    }
}
