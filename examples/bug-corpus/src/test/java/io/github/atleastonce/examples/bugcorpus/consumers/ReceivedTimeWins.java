package io.github.atleastonce.examples.bugcorpus.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.time.Duration;

/** Whatever comes last has the highest time, though it was written first. */
@KnownBug(
        id = "C23",
        title = "Lets the last writer win by the clock of the receiver: what comes late wins",
        metIn = "scylladb/scylladb #10966")
final class ReceivedTimeWins {

    private ReceivedTimeWins() {}

    static Bug bug() {
        return Bug.of(ReceivedTimeWins.class, "reorder(", Fault.REORDER)
                .faulty(body((life, db) -> change -> faulty(life, db, change)))
                .fixed(body((life, db) -> change -> fixed(db, change)));
    }

    private static void faulty(Life life, Database db, Change change) throws SQLException {
        db.update(
                "INSERT INTO item VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
                        + "SET state = EXCLUDED.state, at = EXCLUDED.at WHERE item.at <= EXCLUDED.at",
                change.id(),
                change.what(),
                change.version(),
                Stage.in(Duration.ZERO, life));
    }

    private static void fixed(Database db, Change change) throws SQLException {
        db.update(
                "INSERT INTO item VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE "
                        + "SET state = EXCLUDED.state, version = EXCLUDED.version WHERE item.version < EXCLUDED.version",
                change.id(),
                change.what(),
                change.version());
    }

    private interface Follower {

        void on(Change change) throws SQLException;
    }

    private static Bug.Body body(Stage.Boot<Follower> boot) {
        return Stage.of(
                (life, db) -> {
                    Follower follower = boot.of(life, db);
                    life.subscribe("phone", Change.class, follower::on);
                    life.subscribe("laptop", Change.class, follower::on);
                    return follower;
                },
                (scenario, shop, db) -> {
                    scenario.channel("phone").send("i-1", new Change("i-1", "draft", 1));
                    scenario.channel("laptop").send("i-1", new Change("i-1", "final", 2));
                    scenario.settle();
                    assertThat(db.strings("SELECT state FROM item")).containsExactly("final");
                });
    }
}
