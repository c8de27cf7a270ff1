package io.github.atleastonce.examples.process.truth;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Services that announce what they have reserved, wrongly. */
final class Announcing {

    private Announcing() {}

    static Map<String, Service> services() {
        Map<String, Service> services = new LinkedHashMap<>();
        services.put("forgetful", (order, has) -> {
            has.db().inTransaction(tx -> reserve(tx, order));
            has.announcements().send(order.id());
        });
        services.put("announces only what is new", (order, has) -> {
            if (isReservedNow(has.db(), order)) {
                has.announcements().send(order.id());
            }
        });
        services.put(
                "announces before it commits",
                (order, has) -> has.db().inTransaction(tx -> {
                    if (remembers(tx, order)) {
                        reserve(tx, order);
                        announce(has, order.id());
                    }
                }));
        return services;
    }

    static boolean isReservedNow(Database db, Order order) throws SQLException {
        boolean[] isNew = new boolean[1];
        db.inTransaction(tx -> {
            isNew[0] = remembers(tx, order);
            if (isNew[0]) {
                reserve(tx, order);
            }
        });
        return isNew[0];
    }

    static boolean remembers(Database tx, Order order) throws SQLException {
        return tx.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1;
    }

    static void reserve(Database tx, Order order) throws SQLException {
        tx.update("UPDATE customer SET credit = credit - ? WHERE id = ?", order.amount(), order.customer());
    }

    static void announce(Service.Surroundings has, String order) throws SQLException {
        try {
            has.announcements().send(order);
        } catch (RuntimeException | SQLException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new SQLException(failure);
        }
    }
}
