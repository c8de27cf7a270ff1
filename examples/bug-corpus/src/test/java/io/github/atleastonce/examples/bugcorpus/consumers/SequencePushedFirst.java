package io.github.atleastonce.examples.bugcorpus.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** The number of a message that could not be stored is remembered, so its retry is a copy. */
@KnownBug(
        id = "C40",
        title = "Remembers the highest number before the message is stored: its retry is dropped as a duplicate",
        metIn = "apache/pulsar #5218")
final class SequencePushedFirst {

    private SequencePushedFirst() {}

    static Bug bug() {
        return Bug.of(SequencePushedFirst.class, "connection_lost(shop<changes", Fault.CONNECTION_LOST)
                .faulty(body((life, db) -> {
                    int[] highest = new int[1];
                    return change -> {
                        if (change.version() > highest[0]) {
                            highest[0] = change.version();
                            db.update("INSERT INTO item VALUES (?) ON CONFLICT DO NOTHING", change.id());
                        }
                    };
                }))
                .fixed(body((life, db) -> change -> db.inTransaction(tx -> {
                    if (tx.update("UPDATE relay SET last = ? WHERE last < ?", change.version(), change.version())
                            == 1) {
                        tx.update("INSERT INTO item VALUES (?)", change.id());
                    }
                })));
    }

    private interface Store {

        void on(Change change) throws SQLException;
    }

    private static Bug.Body body(Stage.Boot<Store> boot) {
        return Stage.of(
                (life, db) -> {
                    Store store = boot.of(life, db);
                    life.subscribe("changes", Change.class, store::on);
                    return store;
                },
                (scenario, shop, db) -> {
                    scenario.channel("changes").send("i", new Change("i-1", "put", 1));
                    scenario.settle();
                    assertThat(db.strings("SELECT id FROM item")).containsExactly("i-1");
                });
    }
}
