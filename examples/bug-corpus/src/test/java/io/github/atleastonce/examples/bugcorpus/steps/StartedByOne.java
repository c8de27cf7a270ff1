package io.github.atleastonce.examples.bugcorpus.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;

/** A payment that comes before its order finds no saga, and is dropped. */
@KnownBug(
        id = "S10",
        title = "Lets only one of two messages start the saga: the other one, if it comes first, is dropped",
        metIn = "Particular/docs.particular.net PR 5583")
final class StartedByOne {

    private StartedByOne() {}

    static Bug bug() {
        return Bug.of(StartedByOne.class, "reorder(", Fault.REORDER)
                .faulty(body(tx -> {}))
                .fixed(body(tx -> tx.update("INSERT INTO item VALUES ('o-1', '', 0) ON CONFLICT DO NOTHING")));
    }

    private static Bug.Body body(Database.Work start) {
        return Stage.of(
                (life, db) -> {
                    life.subscribe(
                            "orders",
                            Change.class,
                            it -> db.inTransaction(tx -> {
                                tx.update("INSERT INTO item VALUES ('o-1', '', 0) ON CONFLICT DO NOTHING");
                                tx.update("UPDATE item SET state = 'placed ' || state WHERE state NOT LIKE 'placed%'");
                            }));
                    life.subscribe(
                            "payments",
                            Change.class,
                            it -> db.inTransaction(tx -> {
                                start.on(tx);
                                tx.update("UPDATE item SET state = state || 'paid' WHERE state NOT LIKE '%paid'");
                            }));
                    return db;
                },
                (scenario, shop, db) -> {
                    scenario.channel("orders").send("o-1", new Change("o-1", "placed", 1));
                    scenario.channel("payments").send("o-1", new Change("o-1", "paid", 1));
                    scenario.settle();
                    assertThat(db.strings("SELECT state FROM item")).containsExactly("placed paid");
                });
    }
}
