package io.github.atleastonce.examples.bugcorpus.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A reader that comes between puts back into the cache what is about to be replaced. */
@KnownBug(
        id = "K2",
        title = "Invalidates a cache before it commits: a reader fills it with the old value",
        metIn = "valderman/selda #20, dust-tt/dust PR 22171")
final class InvalidatedBeforeCommit {

    private InvalidatedBeforeCommit() {}

    static Bug bug() {
        return Bug.of(InvalidatedBeforeCommit.class, "shop<writes[k1]/", Fault.CONCURRENT)
                .faulty(body(true))
                .fixed(body(false));
    }

    /** A cache that takes nothing that was read before it was last invalidated. */
    private static final class Cache {

        private final List<String> value = new ArrayList<>();
        private int generation;

        void invalidate() {
            generation++;
            value.clear();
        }

        String read(Database db) throws SQLException {
            if (!value.isEmpty()) {
                return value.get(0);
            }
            int begun = generation;
            String read = db.query("SELECT state FROM item").get(0).toString();
            if (begun == generation) {
                value.add(read);
            }
            return read;
        }
    }

    private static Bug.Body body(boolean early) {
        return Stage.of(
                (life, db) -> {
                    Cache cache = new Cache();
                    life.subscribe("writes", Change.class, change -> {
                        db.inTransaction(tx -> {
                            tx.update("UPDATE item SET state = ?", change.what());
                            if (early) {
                                life.step("invalidate", cache::invalidate);
                            }
                        });
                        if (!early) {
                            life.step("invalidate", cache::invalidate);
                        }
                    });
                    life.subscribe("reads", Change.class, read -> cache.read(db));
                    return new Object[] {cache, db};
                },
                (scenario, shop, db) -> {
                    scenario.reset(() -> db.update("INSERT INTO item VALUES ('price', '1.00')"));
                    scenario.channel("writes").send("price", new Change("price", "2.00", 1));
                    scenario.channel("reads").send("price", new Change("price", "read", 1));
                    scenario.settle();
                    List<String> shown = new ArrayList<>();
                    scenario.attempt(shop, present -> shown.add(((Cache) present[0]).read((Database) present[1])));
                    assertThat(shown)
                            .isEqualTo(db.strings("SELECT state FROM item"))
                            .containsExactly("2.00");
                });
    }
}
