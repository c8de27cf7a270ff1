package io.github.atleastonce.examples.process.truth;

import static io.github.atleastonce.examples.process.truth.Announcing.isReservedNow;
import static io.github.atleastonce.examples.process.truth.Announcing.remembers;
import static io.github.atleastonce.examples.process.truth.Announcing.reserve;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Ten ways to reserve once. */
final class Correct {

    private static final String DUPLICATE_KEY = "23505";

    private Correct() {}

    static Map<String, Service> services() {
        Map<String, Service> services = new LinkedHashMap<>();
        services.put("announces whatever it is given", (order, has) -> {
            isReservedNow(has.db(), order);
            has.announcements().send(order.id());
        });
        services.put(
                "looks before it inserts",
                (order, has) -> has.db().inTransaction(tx -> {
                    if (tx.query("SELECT id FROM inbox WHERE id = ?", order.id())
                            .isEmpty()) {
                        reserve(tx, order);
                        tx.update("INSERT INTO inbox VALUES (?)", order.id());
                    }
                }));
        services.put("goes back to a savepoint", (order, has) -> reserveWithSavepoint(has.source(), order));
        services.put(
                "asks for the state of the order",
                (order, has) -> has.db().inTransaction(tx -> {
                    if (tx.update("UPDATE orders SET state = 'reserved' WHERE id = ? AND state = 'new'", order.id())
                            == 1) {
                        reserve(tx, order);
                    }
                }));
        services.put(
                "sets what is left",
                (order, has) -> has.db()
                        .update("UPDATE customer SET credit = ? WHERE id = ?", 100 - order.amount(), order.customer()));
        services.put(
                "checks the version",
                (order, has) -> has.db()
                        .update(
                                "UPDATE customer SET credit = credit - ?, version = 1 WHERE id = ? AND version = 0",
                                order.amount(),
                                order.customer()));
        services.put(
                "locks the customer first",
                (order, has) -> has.db().inTransaction(tx -> {
                    tx.query("SELECT credit FROM customer WHERE id = ? FOR UPDATE", order.customer());
                    if (remembers(tx, order)) {
                        reserve(tx, order);
                    }
                }));
        services.put(
                "does all in one statement",
                (order, has) -> has.db()
                        .update(
                                "WITH new AS (INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING RETURNING id) "
                                        + "UPDATE customer SET credit = credit - ? WHERE id = ? AND EXISTS (SELECT 1 FROM new)",
                                order.id(),
                                order.amount(),
                                order.customer()));
        services.put(
                "stores a reservation by its order",
                (order, has) -> has.db()
                        .update(
                                "INSERT INTO reservation VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET amount = EXCLUDED.amount",
                                order.id(),
                                order.amount()));
        services.put("stores its announcements", (order, has) -> {
            has.db().inTransaction(tx -> {
                if (remembers(tx, order)) {
                    reserve(tx, order);
                    tx.update("INSERT INTO outbox VALUES (?, FALSE)", order.id());
                }
            });
            publish(has.db(), has.announcements());
        });
        return services;
    }

    private static void publish(Database db, Service.Announcements announcements) throws Exception {
        for (Object waiting : db.query("SELECT id FROM outbox WHERE NOT sent ORDER BY id")) {
            announcements.send((String) waiting);
            db.update("UPDATE outbox SET sent = TRUE WHERE id = ?", waiting);
        }
    }

    private static void reserveWithSavepoint(DataSource source, Order order) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Savepoint before = connection.setSavepoint("before");
            if (insert(connection, order)) {
                try (PreparedStatement update =
                        connection.prepareStatement("UPDATE customer SET credit = credit - ? WHERE id = ?")) {
                    update.setInt(1, order.amount());
                    update.setString(2, order.customer());
                    update.executeUpdate();
                }
            } else {
                connection.rollback(before);
            }
            connection.commit();
        }
    }

    private static boolean insert(Connection connection, Order order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO inbox VALUES (?)")) {
            insert.setString(1, order.id());
            insert.executeUpdate();
            return true;
        } catch (SQLException failure) {
            if (DUPLICATE_KEY.equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }
}
