package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.Database.POSTGRESQL;
import static io.github.atleastonce.odd.OddService.odd;
import static io.github.atleastonce.odd.OddService.on;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Services that keep others out while they look and write. */
final class Locks {

    private static final String BUSY = "somebody else is at it";

    private Locks() {}

    static Stream<OddService> all() {
        return Stream.of(
                on(POSTGRESQL, "an advisory lock of the transaction", Locks::advisoryInTransaction),
                on(POSTGRESQL, "an advisory lock of the session, given back in the end", Locks::advisoryOfSession),
                on(POSTGRESQL, "an advisory lock that is tried, and the message comes again", Locks::advisoryTried),
                odd("SELECT FOR UPDATE, then look and write", Locks::forUpdate),
                on(POSTGRESQL, "SELECT FOR UPDATE NOWAIT, and the message comes again", Locks::noWait),
                odd("an optimistic version, with a bounded retry", Locks::optimisticWithRetry),
                odd("an optimistic version, and the message comes again", Locks::optimistic),
                odd("a lease in a table, which its owner may take again", Locks::lease),
                odd("a lease in a table that outlives its owner, and the message comes again", Locks::strictLease),
                odd("a lock table with a row for each key", Locks::rowForEachKey),
                on(POSTGRESQL, "the whole table is locked", Locks::table),
                odd("a lock of Java that nobody else waits for", Locks::javaLock));
    }

    private static void advisoryInTransaction(Shop shop) {
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Sql.text(connection, "SELECT pg_advisory_xact_lock(7)");
            checkThenAct(connection, order);
        }));
    }

    private static void advisoryOfSession(Shop shop) {
        shop.reservesBoth((life, db) -> order -> Sql.onAutoCommit(db, connection -> {
            Sql.text(connection, "SELECT pg_advisory_lock(7)");
            try {
                Sql.inTransaction(connection, locked -> checkThenAct(locked, order));
            } finally {
                if (connection.isValid(1)) {
                    connection.setAutoCommit(true);
                    Sql.text(connection, "SELECT pg_advisory_unlock(7)");
                }
            }
        }));
    }

    private static void advisoryTried(Shop shop) {
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            if (!"t".equals(Sql.text(connection, "SELECT pg_try_advisory_xact_lock(7)"))) {
                throw new IllegalStateException(BUSY);
            }
            checkThenAct(connection, order);
        }));
    }

    private static void forUpdate(Shop shop) {
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Sql.number(connection, "SELECT credit FROM account WHERE id = 1 FOR UPDATE");
            checkThenAct(connection, order);
        }));
    }

    private static void noWait(Shop shop) {
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Sql.number(connection, "SELECT credit FROM account WHERE id = 1 FOR UPDATE NOWAIT");
            checkThenAct(connection, order);
        }));
    }

    private static void optimisticWithRetry(Shop shop) {
        shop.reservesBoth((life, db) -> order -> {
            for (int attempt = 1; attempt <= 5; attempt++) {
                boolean[] done = new boolean[1];
                Sql.inTransaction(db, connection -> done[0] = reservedAtVersion(connection, order));
                if (done[0]) {
                    return;
                }
            }
            throw new IllegalStateException(BUSY);
        });
    }

    private static void optimistic(Shop shop) {
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            if (!reservedAtVersion(connection, order)) {
                throw new IllegalStateException(BUSY);
            }
        }));
    }

    /** Says whether the order is reserved now; if not, somebody else has written meanwhile, and nothing is to be committed but that. */
    private static boolean reservedAtVersion(Connection connection, Order order) throws SQLException {
        long version = Sql.number(connection, "SELECT version FROM account WHERE id = 1");
        if (Sql.number(connection, "SELECT count(*) FROM inbox WHERE id = ?", order.number()) == 1) {
            return true;
        }
        int rows = Sql.update(
                connection,
                "UPDATE account SET credit = credit - ?, version = version + 1 WHERE id = 1 AND version = ?",
                order.amount(),
                version);
        return rows == 1 && Sql.update(connection, "INSERT INTO inbox (id) VALUES (?)", order.number()) == 1;
    }

    private static void lease(Shop shop) {
        shop.reservesBoth((life, db) -> order -> {
            Sql.inTransaction(db, connection -> {
                long now = life.clock().millis();
                long until = now + Duration.ofMinutes(5).toMillis();
                if (Sql.update(
                                connection,
                                "UPDATE lease SET owner = ?, until = ? WHERE name = 'orders' AND (owner = ? OR until < ?)",
                                life.service(),
                                until,
                                life.service(),
                                now)
                        == 0) {
                    Sql.update(
                            connection,
                            "INSERT INTO lease (name, owner, until) VALUES ('orders', ?, ?)",
                            life.service(),
                            until);
                }
            });
            Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
        });
    }

    /** The lease of a dead life stands until its time is over: until then whoever comes is sent away. */
    private static void strictLease(Shop shop) {
        shop.reservesBoth((life, db) -> order -> {
            Sql.inTransaction(db, connection -> {
                long now = life.clock().millis();
                Sql.update(connection, "DELETE FROM lease WHERE until < ?", now);
                if (Sql.update(
                                connection,
                                "INSERT INTO lease (name, owner, until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                order.id(),
                                "life " + life.number(),
                                now + Duration.ofSeconds(30).toMillis())
                        == 0) {
                    throw new IllegalStateException(BUSY);
                }
            });
            Sql.inTransaction(db, connection -> {
                Sql.reserveOnce(connection, order);
                Sql.update(connection, "DELETE FROM lease WHERE name = ?", order.id());
            });
        });
    }

    private static void rowForEachKey(Shop shop) {
        shop.scenario()
                .reset(() -> shop.db()
                        .execute("INSERT INTO orders (id, amount, status) VALUES (1, 0, 'LOCK'); "
                                + "INSERT INTO orders (id, amount, status) VALUES (2, 0, 'LOCK')"));
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Sql.number(connection, "SELECT id FROM orders WHERE id = ? FOR UPDATE", order.number());
            if (Sql.number(connection, "SELECT count(*) FROM inbox WHERE id = ?", order.number()) == 0) {
                Sql.update(connection, "INSERT INTO inbox (id) VALUES (?)", order.number());
                Sql.reserve(connection, order);
            }
        }));
    }

    private static void table(Shop shop) {
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Sql.update(connection, "LOCK TABLE account IN EXCLUSIVE MODE");
            checkThenAct(connection, order);
        }));
    }

    private static void javaLock(Shop shop) {
        shop.reservesBoth((life, db) -> {
            ReentrantLock lock = new ReentrantLock();
            return order -> {
                if (!lock.tryLock()) {
                    throw new IllegalStateException(BUSY);
                }
                try {
                    Sql.inTransaction(db, connection -> checkThenAct(connection, order));
                } finally {
                    lock.unlock();
                }
            };
        });
    }

    /** Right only where nobody else does so at the same time. */
    private static void checkThenAct(Connection connection, Order order) throws SQLException {
        if (Sql.number(connection, "SELECT count(*) FROM inbox WHERE id = ?", order.number()) == 0) {
            long credit = Sql.number(connection, "SELECT credit FROM account WHERE id = 1");
            Sql.update(connection, "INSERT INTO inbox (id) VALUES (?)", order.number());
            Sql.update(connection, "UPDATE account SET credit = ? WHERE id = 1", credit - order.amount());
        }
    }
}
