package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.Database.POSTGRESQL;
import static io.github.atleastonce.odd.OddService.inMemory;
import static io.github.atleastonce.odd.OddService.odd;
import static io.github.atleastonce.odd.OddService.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Services that do something when they start, and what they keep in memory. */
final class Boots {

    private static final List<String> MIGRATIONS = List.of(
            "CREATE TABLE IF NOT EXISTS migrated (id BIGINT PRIMARY KEY)",
            "ALTER TABLE migrated ADD COLUMN IF NOT EXISTS amount INT DEFAULT 0 NOT NULL",
            "CREATE INDEX IF NOT EXISTS migrated_amount ON migrated (amount)");

    /** How many orders this JVM has handled: for the dashboard only. */
    private static final AtomicLong HANDLED = new AtomicLong();

    private Boots() {}

    static Stream<OddService> all() {
        return Stream.of(
                on(POSTGRESQL, "migrations at boot, in one transaction", Boots::migratesInTransaction),
                odd("migrations at boot, one by one, with a table of versions", Boots::migratesOneByOne),
                odd("migrations at boot of a database that nobody brings back", migratesOnce()),
                odd("rows of reference are written at boot", Boots::referenceRows),
                odd("a cache of what is known, built anew at boot", Boots::cacheBuiltAnew),
                odd("a cache that is emptied when something fails", Boots::cacheEmptied),
                odd("what was begun is finished at boot", Boots::recovers),
                odd("the boot reads its configuration from the database", Boots::readsConfiguration),
                odd("a prepared statement for a life, prepared anew when it breaks", Boots::keptStatement),
                inMemory("a service without state between two steps", Boots::stateless),
                inMemory("a service that is only a handler over a store", Boots::onlyHandler),
                inMemory("a map of what is under way, which dies with the life", Boots::underWay),
                odd("a static counter, for the dashboard only", Boots::staticCounter),
                odd("a transaction in a ThreadLocal, cleared in the end", Boots::threadLocal));
    }

    private static void migratesInTransaction(Shop shop) {
        shop.scenario().reset(() -> shop.db().execute("DROP TABLE IF EXISTS migrated"));
        shop.reserves((life, db) -> {
            Sql.inTransaction(db, connection -> {
                Sql.text(connection, "SELECT pg_advisory_xact_lock(11)");
                for (String migration : MIGRATIONS) {
                    Sql.update(connection, migration);
                }
            });
            return order -> Sql.inTransaction(db, connection -> reserveMigrated(connection, order));
        });
    }

    private static void migratesOneByOne(Shop shop) {
        shop.scenario().reset(() -> shop.db().execute("DROP TABLE IF EXISTS migrated; DROP TABLE IF EXISTS history"));
        shop.reserves((life, db) -> {
            migrate(db);
            return order -> Sql.inTransaction(db, connection -> reserveMigrated(connection, order));
        });
    }

    /** The first run finds a fresh database, and every other one a database that is up to date. */
    private static OddService.Body migratesOnce() {
        Set<Database> begun = EnumSet.noneOf(Database.class);
        return shop -> {
            if (begun.add(shop.db())) {
                shop.db().execute("DROP TABLE IF EXISTS migrated; DROP TABLE IF EXISTS history");
            } else {
                shop.db().execute("DELETE FROM migrated");
            }
            shop.reserves((life, db) -> {
                migrate(db);
                return order -> Sql.inTransaction(db, connection -> reserveMigrated(connection, order));
            });
        };
    }

    private static void migrate(DataSource db) throws Exception {
        Sql.onAutoCommit(db, connection -> {
            Sql.update(connection, "CREATE TABLE IF NOT EXISTS history (version INT PRIMARY KEY)");
            for (int version = 0; version < MIGRATIONS.size(); version++) {
                if (Sql.number(connection, "SELECT count(*) FROM history WHERE version = ?", version) == 0) {
                    Sql.update(connection, MIGRATIONS.get(version));
                    Sql.update(connection, "INSERT INTO history VALUES (?)", version);
                }
            }
        });
    }

    private static void reserveMigrated(Connection connection, Order order) throws SQLException {
        if (Sql.update(
                        connection,
                        "INSERT INTO migrated (id, amount) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        order.number(),
                        order.amount())
                == 1) {
            Sql.reserve(connection, order);
        }
    }

    private static void referenceRows(Shop shop) {
        shop.reserves((life, db) -> {
            Sql.onAutoCommit(
                    db,
                    connection -> Sql.update(
                            connection,
                            "INSERT INTO lease (name, owner, until) VALUES ('EUR', '', 0) ON CONFLICT DO NOTHING"));
            return order -> Sql.inTransaction(db, connection -> {
                if (Sql.text(connection, "SELECT name FROM lease WHERE name = 'EUR'") != null) {
                    Sql.reserveOnce(connection, order);
                }
            });
        });
    }

    private static void cacheBuiltAnew(Shop shop) {
        shop.reserves((life, db) -> {
            Set<Long> known = known(db);
            return order -> {
                if (!known.contains(order.number())) {
                    Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
                    known.add(order.number());
                }
            };
        });
    }

    private static void cacheEmptied(Shop shop) {
        shop.reserves((life, db) -> {
            Map<Integer, Boolean> open = new LinkedHashMap<>();
            return order -> {
                try {
                    if (!open.containsKey(1)) {
                        Sql.onAutoCommit(
                                db,
                                connection -> open.put(
                                        1, Sql.number(connection, "SELECT count(*) FROM account WHERE id = 1") == 1));
                    }
                    if (open.get(1)) {
                        Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
                    }
                } catch (SQLException failure) {
                    open.clear();
                    throw failure;
                }
            };
        });
    }

    private static Set<Long> known(DataSource db) throws Exception {
        Set<Long> known = new HashSet<>();
        Sql.onAutoCommit(db, connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT id FROM inbox");
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    known.add(rows.getLong(1));
                }
            }
        });
        return known;
    }

    private static void recovers(Shop shop) {
        shop.reserves((life, db) -> {
            for (long begun = begun(db); begun > 0; begun = begun(db)) {
                finish(db, begun);
            }
            return order -> {
                Sql.onAutoCommit(
                        db,
                        connection -> Sql.update(
                                connection,
                                "INSERT INTO orders (id, amount, status) VALUES (?, ?, 'BEGUN') ON CONFLICT DO NOTHING",
                                order.number(),
                                order.amount()));
                finish(db, order.number());
            };
        });
    }

    private static long begun(DataSource db) throws Exception {
        long[] number = new long[1];
        Sql.onAutoCommit(
                db,
                connection -> number[0] = Sql.number(connection, "SELECT min(id) FROM orders WHERE status = 'BEGUN'"));
        return number[0];
    }

    private static void finish(DataSource db, long number) throws Exception {
        Sql.inTransaction(db, connection -> {
            if (Sql.update(connection, "UPDATE orders SET status = 'DONE' WHERE id = ? AND status = 'BEGUN'", number)
                    == 1) {
                Sql.update(
                        connection,
                        "UPDATE account SET credit = credit - (SELECT amount FROM orders WHERE orders.id = ?)",
                        number);
            }
        });
    }

    private static void readsConfiguration(Shop shop) {
        shop.reserves((life, db) -> {
            long[] account = new long[1];
            Sql.onAutoCommit(db, connection -> account[0] = Sql.number(connection, "SELECT min(id) FROM account"));
            return order -> Sql.inTransaction(db, connection -> {
                if (Sql.mark(connection, order)) {
                    Sql.update(
                            connection,
                            "UPDATE account SET credit = credit - ? WHERE id = ?",
                            order.amount(),
                            account[0]);
                }
            });
        });
    }

    private static void keptStatement(Shop shop) {
        shop.reserves(shop.db().bare(), (life, db) -> {
            PreparedStatement[] kept = new PreparedStatement[1];
            return order -> {
                // Two threads at once must not share it.
                PreparedStatement mark = kept[0];
                kept[0] = null;
                if (mark == null || !mark.getConnection().isValid(1)) {
                    mark = db.getConnection()
                            .prepareStatement("INSERT INTO inbox (id) VALUES (?) ON CONFLICT DO NOTHING");
                }
                PreparedStatement marking = mark;
                Sql.inTransaction(mark.getConnection(), connection -> {
                    marking.setLong(1, order.number());
                    if (marking.executeUpdate() == 1) {
                        Sql.reserve(connection, order);
                    }
                });
                kept[0] = marking;
            };
        });
    }

    private static void stateless(Shop shop) {
        Map<Long, Integer> store = new LinkedHashMap<>();
        shop.declare("orders");
        shop.service(
                "shop",
                life -> life.subscribe("orders", Order.class, order -> {
                    life.step("put", () -> store.put(order.number(), order.amount()));
                    life.step("put again", () -> store.put(order.number(), order.amount()));
                }));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(store).containsOnly(Map.entry(1L, 30), Map.entry(2L, 20));
    }

    private static void onlyHandler(Shop shop) {
        Map<Long, Integer> store = new LinkedHashMap<>();
        shop.declare("orders");
        shop.scenario().consumer("shop", "orders", Order.class, order -> store.put(order.number(), order.amount()));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(store).containsOnly(Map.entry(1L, 30), Map.entry(2L, 20));
    }

    private static void underWay(Shop shop) {
        Map<Long, Integer> store = new LinkedHashMap<>();
        shop.declare("orders");
        shop.service("shop", life -> {
            Map<Long, String> underWay = new LinkedHashMap<>();
            life.subscribe("orders", Order.class, order -> {
                underWay.put(order.number(), "begun");
                try {
                    life.step("put", () -> store.put(order.number(), order.amount()));
                } finally {
                    underWay.remove(order.number());
                }
            });
        });
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(store).hasSize(2);
    }

    private static void staticCounter(Shop shop) {
        shop.reserves((life, db) -> order -> {
            Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
            HANDLED.incrementAndGet();
        });
    }

    private static void threadLocal(Shop shop) {
        shop.reserves((life, db) -> {
            ThreadLocal<Connection> present = new ThreadLocal<>();
            return order -> Sql.inTransaction(db, connection -> {
                present.set(connection);
                try {
                    Sql.reserveOnce(present.get(), order);
                } finally {
                    present.remove();
                }
            });
        });
    }
}
