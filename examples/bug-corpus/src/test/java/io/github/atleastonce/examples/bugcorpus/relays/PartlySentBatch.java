package io.github.atleastonce.examples.bugcorpus.relays;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.SendFailedException;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the broker has refused of a batch counts as sent, as the rest does. */
@KnownBug(
        id = "O36",
        title = "Marks a whole batch as sent, of which some was refused",
        metIn = "JasperFx/wolverine PR 3503")
final class PartlySentBatch {

    private PartlySentBatch() {}

    static Bug bug() {
        return Bug.of(PartlySentBatch.class, "send_failed(shop.relay/send events", Fault.SEND_FAILED)
                .faulty(body((life, db) -> batch(life, db, false)))
                .fixed(body((life, db) -> batch(life, db, true)));
    }

    private static boolean batch(Life life, Database db, boolean looks) throws SQLException {
        List<Integer> rows = db.ints("SELECT id FROM outbox WHERE NOT sent ORDER BY id");
        int refused = Integer.MAX_VALUE;
        for (int row : rows) {
            try {
                life.send("events", "o", new Order("o-" + row, "c-1", row));
            } catch (SendFailedException failure) {
                refused = Math.min(refused, row);
            }
        }
        if (!rows.isEmpty()) {
            int last = rows.get(rows.size() - 1);
            db.update("UPDATE outbox SET sent = TRUE WHERE id <= ?", looks ? Math.min(last, refused - 1) : last);
        }
        return !rows.isEmpty();
    }

    private interface Relay {

        boolean relay(Life life, Database db) throws SQLException;
    }

    private static Bug.Body body(Relay relay) {
        return Stage.of(
                (life, db) -> {
                    Stage.poll(life, "relay", () -> relay.relay(life, db));
                    return db;
                },
                (scenario, shop, db) -> {
                    Set<String> heard = new HashSet<>();
                    scenario.reset(() -> db.update("INSERT INTO outbox VALUES (1, 'o-1'), (2, 'o-2')"));
                    scenario.consumer("others", "events", Order.class, event -> heard.add(event.id()));
                    scenario.settle();
                    assertThat(heard).containsExactlyInAnyOrder("o-1", "o-2");
                });
    }
}
