package io.github.atleastonce.examples.bugcorpus.consumers;

import static io.github.atleastonce.examples.bugcorpus.Stage.twoPartitions;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.util.List;

/** Two transfers in opposite directions each have what the other one needs. */
@KnownBug(
        id = "C33",
        title = "Locks rows in the order in which a message names them: a deadlock, and one of two is given up",
        metIn = "openobserve/openobserve PR 13480")
final class LockedInArrivalOrder {

    private LockedInArrivalOrder() {}

    static Bug bug() {
        return Bug.of(LockedInArrivalOrder.class, "update item", Fault.CONCURRENT)
                .withoutRetries()
                .faulty(body(List::of))
                .fixed(body((from, to) -> from.compareTo(to) < 0 ? List.of(from, to) : List.of(to, from)));
    }

    private interface Locks {

        List<String> of(String from, String to);
    }

    private static Bug.Body body(Locks order) {
        Stage.Handling<Change> transfer = (db, change) -> db.inTransaction(tx -> {
            if (tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", change.id()) == 1) {
                String[] accounts = change.what().split(" to ");
                for (String account : order.of(accounts[0], accounts[1])) {
                    int amount = account.equals(accounts[0]) ? -change.version() : change.version();
                    tx.update("UPDATE item SET version = version + ? WHERE id = ?", amount, account);
                }
            }
        });
        return Stage.with(
                "changes", twoPartitions().deadLetter("dead"), Stage.changes(transfer, (scenario, shop, db) -> {
                    scenario.reset(() -> db.update("INSERT INTO item VALUES ('a', '', 100), ('b', '', 100)"));
                    scenario.channel("changes").send("t-1", new Change("t-1", "a to b", 10));
                    scenario.channel("changes").send("t-2", new Change("t-2", "b to a", 30));
                    scenario.settle();
                    assertThat(db.ints("SELECT version FROM item ORDER BY id")).containsExactly(120, 80);
                }));
    }
}
