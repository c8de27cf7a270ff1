package io.github.atleastonce.examples.bugcorpus.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;

/** Nothing is there to be cancelled, and then it comes, and is never cancelled. */
@KnownBug(
        id = "S5",
        title = "Forgets a cancellation that comes before what it cancels: a reservation for ever",
        metIn = "apache/incubator-seata #2711 (suspension)")
final class CancelOvertakes {

    private CancelOvertakes() {}

    static Bug bug() {
        return Bug.of(CancelOvertakes.class, "reorder(", Fault.REORDER)
                .faulty(body("DELETE FROM item WHERE id = ?"))
                .fixed(body(
                        "INSERT INTO item VALUES (?, 'cancelled') ON CONFLICT (id) DO UPDATE SET state = 'cancelled'"));
    }

    private static Bug.Body body(String cancel) {
        return Stage.of(
                (life, db) -> {
                    life.subscribe(
                            "tries",
                            Change.class,
                            it -> db.update("INSERT INTO item VALUES (?, 'reserved') ON CONFLICT DO NOTHING", it.id()));
                    life.subscribe("cancels", Change.class, it -> db.update(cancel, it.id()));
                    return db;
                },
                (scenario, shop, db) -> {
                    scenario.channel("tries").send("r-1", new Change("r-1", "try", 1));
                    scenario.channel("cancels").send("r-1", new Change("r-1", "cancel", 2));
                    scenario.channel("tries").send("r-2", new Change("r-2", "try", 1));
                    scenario.settle();
                    assertThat(db.strings("SELECT id FROM item WHERE state = 'reserved'"))
                            .containsExactly("r-2");
                });
    }
}
