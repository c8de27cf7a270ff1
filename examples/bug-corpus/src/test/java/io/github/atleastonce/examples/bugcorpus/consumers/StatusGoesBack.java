package io.github.atleastonce.examples.bugcorpus.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** A notice that comes again says what was true when it was written. */
@KnownBug(
        id = "C27",
        title =
                "Sets the state that a notice speaks of, whatever the state is by now: a shipped order is only paid again",
        metIn = "cubecart/v6 #2205")
final class StatusGoesBack {

    private StatusGoesBack() {}

    static Bug bug() {
        return Bug.of(StatusGoesBack.class, "duplicate(", Fault.DUPLICATE, Fault.REDELIVERY)
                .faulty(body(StatusGoesBack::faulty))
                .fixed(body(StatusGoesBack::fixed));
    }

    private static void faulty(Database db, Change change) throws SQLException {
        db.update("UPDATE item SET state = ? WHERE id = ?", change.what(), change.id());
    }

    private static void fixed(Database db, Change change) throws SQLException {
        String before = change.what().equals("paid") ? "pending" : "paid";
        db.update("UPDATE item SET state = ? WHERE id = ? AND state = ?", change.what(), change.id(), before);
    }

    private static Bug.Body body(Stage.Handling<Change> handling) {
        return Stage.changes(handling, (scenario, shop, db) -> {
            scenario.reset(() -> db.update("INSERT INTO item VALUES ('o-1', 'pending')"));
            scenario.channel("changes").send("o-1", new Change("o-1", "paid", 1));
            scenario.channel("changes").send("o-1", new Change("o-1", "shipped", 2));
            scenario.settle();
            assertThat(db.strings("SELECT state FROM item")).containsExactly("shipped");
        });
    }
}
