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

/** A broker that is away for longer than a row is tried makes the row garbage. */
@KnownBug(
        id = "O37",
        title = "Gives a row up after some attempts: it is never sent",
        metIn = "wework/grabbit #203, KanishJebaMathewM/Truxify #14693")
final class GivenUp {

    private GivenUp() {}

    static Bug bug() {
        return Bug.of(GivenUp.class, "send_failed(shop.relay/send events", Fault.SEND_FAILED)
                .faulty(body("SELECT id FROM item WHERE state = 'waits' AND version < 2"))
                .fixed(body("SELECT id FROM item WHERE state = 'waits'"));
    }

    private static boolean relay(Life life, Database db, String select) throws SQLException {
        List<Object> rows = db.query(select);
        for (Object row : rows) {
            try {
                life.send("events", "o", new Order((String) row, "c-1", 30));
                db.update("UPDATE item SET state = 'sent' WHERE id = ?", row);
            } catch (SendFailedException failure) {
                db.update("UPDATE item SET version = version + 1 WHERE id = ?", row);
            }
        }
        return !rows.isEmpty();
    }

    private static Bug.Body body(String select) {
        return Stage.of(
                (life, db) -> {
                    Stage.poll(life, "relay", () -> relay(life, db, select));
                    return db;
                },
                (scenario, shop, db) -> {
                    Set<String> heard = new HashSet<>();
                    scenario.reset(() -> db.update("INSERT INTO item VALUES ('o-1', 'waits', 0)"));
                    scenario.consumer("others", "events", Order.class, event -> heard.add(event.id()));
                    scenario.settle();
                    assertThat(heard).containsExactly("o-1");
                });
    }
}
