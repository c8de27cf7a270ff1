package io.github.atleastonce.examples.bugcorpus.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** Two events of one second are told apart by nothing but the order in which they come. */
@KnownBug(
        id = "C26",
        title = "Compares versions that are seconds: of two events within one, the late one wins",
        metIn = "PostHog/posthog PR 98651")
final class SameSecond {

    private SameSecond() {}

    static Bug bug() {
        return Bug.of(SameSecond.class, "duplicate(", Fault.DUPLICATE, Fault.REDELIVERY)
                .faulty(body((db, change) -> put(db, change, change.version() / 10)))
                .fixed(body((db, change) -> put(db, change, change.version())));
    }

    private static void put(Database db, Change change, int version) throws SQLException {
        db.update(
                "INSERT INTO item VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE "
                        + "SET state = EXCLUDED.state, version = EXCLUDED.version WHERE item.version <= EXCLUDED.version",
                change.id(),
                change.what(),
                version);
    }

    private static Bug.Body body(Stage.Handling<Change> handling) {
        return Stage.changes(handling, (scenario, shop, db) -> {
            scenario.channel("changes").send("i-1", new Change("i-1", "open", 71));
            scenario.channel("changes").send("i-1", new Change("i-1", "paid", 72));
            scenario.settle();
            assertThat(db.strings("SELECT state FROM item")).containsExactly("paid");
        });
    }
}
