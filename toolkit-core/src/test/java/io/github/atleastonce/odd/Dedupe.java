package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.Database.H2;
import static io.github.atleastonce.odd.OddService.odd;
import static io.github.atleastonce.odd.OddService.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.message.Message;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;

/** Ways to take an effect once. */
final class Dedupe {

    private Dedupe() {}

    static Stream<OddService> all() {
        return Stream.of(
                odd("a unique key says that it is known, and the exception is swallowed", Dedupe::exceptionSwallowed),
                odd(
                        "a unique key says that it is known, and the message goes to the dead letter channel",
                        Dedupe::deadLettered),
                odd("a state guard", Dedupe::stateGuard),
                odd("the absolute state, with the version of the message", Dedupe::absoluteState),
                odd("the same absolute state, each time anew", Dedupe::sameState),
                odd("the inbox is the table of the work", Dedupe::naturalKey),
                odd("the inbox is pruned by age, on the scenario's clock", Dedupe::prunedInbox),
                odd("the id of the message is the key", Dedupe::messageId),
                odd("a header is the key", Dedupe::header),
                odd("delete what is to be done, and do it if it was there", Dedupe::deleteFirst),
                odd("the sum is counted anew from the orders", Dedupe::derived),
                odd("a random UUID is the key of the row, a unique column tells what is known", Dedupe::randomKey),
                odd("two services share the database, each with marks of its own", Dedupe::twoServices),
                on(H2, "a text is the key, and two at once get in each other's way", Dedupe::textKey),
                odd("the work first, the marker last", Dedupe::markerLast));
    }

    private static void exceptionSwallowed(Shop shop) {
        shop.reserves((life, db) -> order -> {
            try {
                Sql.inTransaction(db, connection -> {
                    Sql.update(connection, "INSERT INTO inbox (id) VALUES (?)", order.number());
                    Sql.reserve(connection, order);
                });
            } catch (SQLException failure) {
                if (!Sql.isDuplicate(failure)) {
                    throw failure;
                }
            }
        });
    }

    private static void deadLettered(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Sql.update(connection, "INSERT INTO inbox (id) VALUES (?)", order.number());
            Sql.reserve(connection, order);
        }));
    }

    private static void stateGuard(Shop shop) {
        shop.scenario()
                .reset(() -> shop.db()
                        .execute("INSERT INTO orders (id, amount, status) VALUES (1, 30, 'NEW'); "
                                + "INSERT INTO orders (id, amount, status) VALUES (2, 20, 'NEW')"));
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            if (Sql.update(
                            connection,
                            "UPDATE orders SET status = 'RESERVED' WHERE id = ? AND status = 'NEW'",
                            order.number())
                    == 1) {
                Sql.reserve(connection, order);
            }
        }));
    }

    private static void absoluteState(Shop shop) {
        shop.declare("limits");
        shop.service("shop", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe(
                    "limits",
                    Order.class,
                    limit -> Sql.onAutoCommit(
                            db,
                            connection -> Sql.update(
                                    connection,
                                    "UPDATE account SET credit = ?, version = ? WHERE id = 1 AND version < ?",
                                    limit.amount(),
                                    limit.number(),
                                    limit.number())));
        });
        var limits = shop.scenario().channel("limits");
        limits.send("c-1", new Order(1, 80));
        limits.send("c-1", new Order(2, 50));
        shop.scenario().settle();
        shop.reserved();
    }

    private static void sameState(Shop shop) {
        shop.declare("limits");
        shop.service("shop", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe(
                    "limits",
                    Order.class,
                    limit -> Sql.onAutoCommit(
                            db, connection -> Sql.update(connection, "UPDATE account SET credit = ?", limit.amount())));
        });
        shop.scenario().channel("limits").send("c-1", new Order(1, 50));
        shop.scenario().settle();
        shop.reserved();
    }

    private static void naturalKey(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            if (Sql.update(
                            connection,
                            "INSERT INTO orders (id, amount, status) VALUES (?, ?, 'PLACED') ON CONFLICT DO NOTHING",
                            order.number(),
                            order.amount())
                    == 1) {
                Sql.reserve(connection, order);
            }
        }));
    }

    private static void prunedInbox(Shop shop) {
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            long now = life.clock().millis();
            Sql.update(
                    connection,
                    "DELETE FROM inbox WHERE noted < ?",
                    now - Duration.ofDays(7).toMillis());
            if (Sql.update(
                            connection,
                            "INSERT INTO inbox (id, noted) VALUES (?, ?) ON CONFLICT DO NOTHING",
                            order.number(),
                            now)
                    == 1) {
                Sql.reserve(connection, order);
            }
        }));
    }

    private static void messageId(Shop shop) {
        shop.declare("orders");
        shop.service("shop", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe("orders", Message.class, message -> {
                Order order = (Order) message.payload();
                Sql.inTransaction(db, connection -> {
                    if (Sql.update(
                                    connection,
                                    "INSERT INTO inbox (id) VALUES (?) ON CONFLICT DO NOTHING",
                                    Math.abs((long) message.id().hashCode()))
                            == 1) {
                        Sql.reserve(connection, order);
                    }
                });
            });
        });
        shop.sendOrders();
        shop.scenario().settle();
        shop.reserved();
    }

    private static void header(Shop shop) {
        shop.declare("orders");
        shop.service("shop", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe("orders", Message.class, message -> {
                Order known = new Order(Long.parseLong(message.headers().get("sequence")), 0);
                Sql.inTransaction(db, connection -> {
                    if (Sql.mark(connection, known)) {
                        Sql.reserve(connection, (Order) message.payload());
                    }
                });
            });
        });
        var orders = shop.scenario().channel("orders");
        orders.send(Message.of("m-1", "o-1", new Order(1, 30)).withHeader("sequence", "1"));
        orders.send(Message.of("m-2", "o-2", new Order(2, 20)).withHeader("sequence", "2"));
        shop.scenario().settle();
        shop.reserved();
    }

    private static void deleteFirst(Shop shop) {
        shop.scenario()
                .reset(() -> shop.db().execute("INSERT INTO inbox (id) VALUES (1); INSERT INTO inbox (id) VALUES (2)"));
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            if (Sql.update(connection, "DELETE FROM inbox WHERE id = ?", order.number()) == 1) {
                Sql.reserve(connection, order);
            }
        }));
    }

    private static void derived(Shop shop) {
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            // Who counts has the row of what it counts for.
            Sql.number(connection, "SELECT credit FROM account WHERE id = 1 FOR UPDATE");
            Sql.update(
                    connection,
                    "INSERT INTO orders (id, amount, status) VALUES (?, ?, 'PLACED') ON CONFLICT DO NOTHING",
                    order.number(),
                    order.amount());
            long sum = Sql.number(connection, "SELECT sum(amount) FROM orders");
            Sql.update(connection, "UPDATE account SET credit = ? WHERE id = 1", 100 - sum);
        }));
    }

    private static void randomKey(Shop shop) {
        shop.scenario()
                .reset(() -> shop.db()
                        .execute("CREATE TABLE IF NOT EXISTS paid (id UUID PRIMARY KEY, number BIGINT NOT NULL); "
                                + "DELETE FROM paid"));
        shop.reservesBoth((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Sql.number(connection, "SELECT credit FROM account WHERE id = 1 FOR UPDATE");
            if (Sql.number(connection, "SELECT count(*) FROM paid WHERE number = ?", order.number()) == 0) {
                Sql.update(connection, "INSERT INTO paid VALUES (?, ?)", UUID.randomUUID(), order.number());
                Sql.reserve(connection, order);
            }
        }));
    }

    private static void twoServices(Shop shop) {
        shop.declare("orders");
        shop.service("statistics", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe(
                    "orders",
                    Order.class,
                    order -> Sql.onAutoCommit(
                            db,
                            connection -> Sql.update(
                                    connection,
                                    "INSERT INTO orders (id, amount, status) VALUES (?, ?, 'SEEN') ON CONFLICT DO NOTHING",
                                    order.number(),
                                    order.amount())));
        });
        shop.send(new Order(1, 50));
        shop.service("shop", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe(
                    "orders",
                    Order.class,
                    order -> Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order)));
        });
        shop.scenario().settle();
        shop.reserved();
        assertThat(shop.db().query("SELECT sum(amount) FROM orders")).isEqualTo(50);
    }

    /** H2 does not wait for another session's row in an index of texts: it tries again and again until LOCK_TIMEOUT. */
    private static void textKey(Shop shop) {
        JdbcDataSource impatient = Database.h2("odd");
        impatient.setURL(impatient.getURL().replace("LOCK_TIMEOUT=1000", "LOCK_TIMEOUT=100"));
        shop.scenario()
                .reset(() -> shop.db()
                        .execute("CREATE TABLE IF NOT EXISTS named (id VARCHAR(80) PRIMARY KEY); DELETE FROM named"));
        shop.reserves(
                impatient,
                (life, db) -> order -> Sql.inTransaction(db, connection -> {
                    if (Sql.update(connection, "INSERT INTO named VALUES (?) ON CONFLICT DO NOTHING", order.id())
                            == 1) {
                        Sql.reserve(connection, order);
                    }
                }));
    }

    private static void markerLast(Shop shop) {
        shop.reserves((life, db) -> order -> {
            try {
                Sql.inTransaction(db, connection -> {
                    Sql.reserve(connection, order);
                    Sql.update(connection, "INSERT INTO inbox (id) VALUES (?)", order.number());
                });
            } catch (SQLException failure) {
                if (!Sql.isDuplicate(failure)) {
                    throw failure;
                }
            }
        });
    }
}
