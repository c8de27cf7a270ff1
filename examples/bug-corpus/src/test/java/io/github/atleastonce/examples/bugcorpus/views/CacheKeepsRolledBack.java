package io.github.atleastonce.examples.bugcorpus.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The database has taken back what the cache still shows. */
@KnownBug(
        id = "K1",
        title = "Caches what a transaction writes before it commits: a rollback leaves it there",
        metIn = "stellar/stellar-core #690, ardanlabs/service #653")
final class CacheKeepsRolledBack {

    private CacheKeepsRolledBack() {}

    static Bug bug() {
        return Bug.of(CacheKeepsRolledBack.class, "connection_lost(shop#1/", Fault.CONNECTION_LOST)
                .faulty(body(false))
                .fixed(body(true));
    }

    private record Prices(Database db, Map<String, String> cache, boolean forgetsOnFailure) {

        void set(String price) throws SQLException {
            try {
                db.inTransaction(tx -> {
                    tx.update("UPDATE item SET state = ?", price);
                    cache.put("price", price);
                });
            } catch (SQLException failure) {
                if (forgetsOnFailure) {
                    cache.clear();
                }
                throw failure;
            }
        }

        String get() throws SQLException {
            if (!cache.containsKey("price")) {
                cache.put("price", db.query("SELECT state FROM item").get(0).toString());
            }
            return cache.getOrDefault("price", "");
        }
    }

    private static Bug.Body body(boolean forgetsOnFailure) {
        return Stage.of((life, db) -> new Prices(db, new HashMap<>(), forgetsOnFailure), (scenario, shop, db) -> {
            scenario.reset(() -> db.update("INSERT INTO item VALUES ('price', '1.00')"));
            scenario.attempt(shop, prices -> prices.set("2.00"));
            List<String> shown = new ArrayList<>();
            if (scenario.attempt(shop, prices -> shown.add(prices.get())).completed()) {
                assertThat(shown).isEqualTo(db.strings("SELECT state FROM item"));
            }
        });
    }
}
