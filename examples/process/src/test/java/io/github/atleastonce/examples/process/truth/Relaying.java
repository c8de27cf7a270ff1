package io.github.atleastonce.examples.process.truth;

import static io.github.atleastonce.examples.process.truth.Announcing.remembers;
import static io.github.atleastonce.examples.process.truth.Announcing.reserve;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Services that store what they announce, and relay it by themselves, on a thread of its own. */
final class Relaying {

    private static final String WAITING = "SELECT id FROM outbox WHERE NOT sent ORDER BY id";
    private static final String MARK = "UPDATE outbox SET sent = TRUE WHERE id = ?";

    private Relaying() {}

    static Map<String, Service> services() {
        Map<String, Service> services = new LinkedHashMap<>();
        services.put("relays, and marks when it is sent", relay(true, Relaying::markAfterwards));
        services.put("relays, and marks before it is sent", relay(true, Relaying::markBefore));
        services.put("relays in one transaction", relay(true, Relaying::inTransaction));
        services.put("relays what it has stored in a transaction of its own", relay(false, Relaying::markAfterwards));
        return services;
    }

    /** One look at the outbox. */
    private interface Relay {
        boolean look(Service.Surroundings has) throws Exception;
    }

    private static Service relay(boolean together, Relay relay) {
        return new Service() {

            @Override
            public void on(Order order, Surroundings has) throws Exception {
                has.db().inTransaction(tx -> {
                    if (remembers(tx, order)) {
                        reserve(tx, order);
                        store(together ? tx : has.db(), order);
                    }
                });
            }

            @Override
            public boolean relays(Surroundings has) throws Exception {
                return relay.look(has);
            }
        };
    }

    private static void store(Database db, Order order) throws java.sql.SQLException {
        db.update("INSERT INTO outbox VALUES (?, FALSE) ON CONFLICT DO NOTHING", order.id());
    }

    private static boolean markAfterwards(Service.Surroundings has) throws Exception {
        List<Object> waiting = has.db().query(WAITING);
        for (Object id : waiting) {
            has.announcements().send((String) id);
            has.db().update(MARK, id);
        }
        return !waiting.isEmpty();
    }

    private static boolean markBefore(Service.Surroundings has) throws Exception {
        List<Object> waiting = has.db().query(WAITING);
        for (Object id : waiting) {
            has.db().update(MARK, id);
            has.announcements().send((String) id);
        }
        return !waiting.isEmpty();
    }

    private static boolean inTransaction(Service.Surroundings has) throws Exception {
        boolean[] found = new boolean[1];
        has.db().inTransaction(tx -> {
            for (Object id : tx.query(WAITING + " FOR UPDATE SKIP LOCKED")) {
                Announcing.announce(has, (String) id);
                tx.update(MARK, id);
                found[0] = true;
            }
        });
        return found[0];
    }
}
