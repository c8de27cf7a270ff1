package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.OddService.inMemory;
import static io.github.atleastonce.odd.OddService.odd;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Attempt;
import io.github.atleastonce.run.SendFailedException;
import io.github.atleastonce.run.Service;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Services that try again, or ask to be asked again. */
final class Retries {

    private Retries() {}

    static Stream<OddService> all() {
        return Stream.of(
                odd("a bounded retry around the transaction", Retries::boundedRetry),
                odd("a bounded retry around everything, even errors", Retries::catchesThrowable),
                odd("a failure is wrapped, and wrapped again", Retries::wrapped),
                odd("what fails is parked in a table, and a poller does it", Retries::parked),
                odd("the client tries until it is done, with a key of its own", Retries::client),
                inMemory("a bounded retry around a send, and ids that the receiver knows again", Retries::sendRetry),
                inMemory("what comes too early waits for a poller that matches it", Retries::waiting),
                odd("a child that comes before its parent asks to come again", Retries::parentNotThere),
                odd("a child that comes before its parent is parked", Retries::parentParked),
                odd("a circuit breaker that stays open for a while", Retries::circuitBreaker));
    }

    private static void boundedRetry(Shop shop) {
        shop.reservesBoth((life, db) -> order -> {
            for (int left = 2; ; left--) {
                try {
                    Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
                    return;
                } catch (SQLException failure) {
                    if (left == 0) {
                        throw failure;
                    }
                }
            }
        });
    }

    private static void catchesThrowable(Shop shop) {
        shop.reserves((life, db) -> order -> {
            for (int left = 3; ; left--) {
                try {
                    Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
                    return;
                } catch (Throwable failure) {
                    if (left == 0) {
                        throw failure;
                    }
                }
            }
        });
    }

    private static void wrapped(Shop shop) {
        shop.reserves((life, db) -> order -> {
            try {
                try {
                    Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
                } catch (Throwable failure) {
                    throw new IllegalStateException("could not reserve", failure);
                }
            } catch (IllegalStateException failure) {
                throw new Exception("handler failed", failure);
            }
        });
    }

    private static void parked(Shop shop) {
        shop.reserves((life, db) -> {
            life.poll("again", () -> unchecked(() -> again(db)));
            return order -> {
                try {
                    Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
                } catch (SQLException failure) {
                    Sql.onAutoCommit(
                            db,
                            connection -> Sql.update(
                                    connection,
                                    "INSERT INTO orders (id, amount, status) VALUES (?, ?, 'PARKED') ON CONFLICT DO NOTHING",
                                    order.number(),
                                    order.amount()));
                }
            };
        });
    }

    private static boolean again(DataSource db) throws Exception {
        long[] found = new long[1];
        Sql.inTransaction(db, connection -> {
            found[0] = Sql.number(connection, "SELECT min(id) FROM orders WHERE status = 'PARKED'");
            if (found[0] > 0) {
                long amount = Sql.number(connection, "SELECT amount FROM orders WHERE id = ?", found[0]);
                Sql.reserveOnce(connection, new Order(found[0], (int) amount));
                Sql.update(connection, "DELETE FROM orders WHERE id = ?", found[0]);
            }
        });
        return found[0] > 0;
    }

    private static void client(Shop shop) {
        Service<DataSource> service = shop.scenario()
                .service("shop", life -> life.dataSource(shop.db().pool()));
        Order order = new Order(1, 50);
        for (int left = 5; left > 0; left--) {
            Attempt attempt;
            try {
                attempt = shop.scenario()
                        .attempt(
                                service, db -> Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order)));
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
            if (attempt.completed()) {
                break;
            }
        }
        shop.reserved();
    }

    private static void sendRetry(Shop shop) {
        Set<String> invoiced = new LinkedHashSet<>();
        shop.declare("orders");
        shop.declare("invoices");
        shop.service(
                "shop",
                life -> life.subscribe("orders", Order.class, order -> {
                    for (int left = 2; ; left--) {
                        try {
                            life.send("invoices", order.id(), "invoice-" + order.number());
                            return;
                        } catch (SendFailedException failure) {
                            if (left == 0) {
                                throw failure;
                            }
                        }
                    }
                }));
        shop.service(
                "accounting",
                life -> life.subscribe("invoices", String.class, id -> life.step("insert", () -> invoiced.add(id))));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(invoiced).containsExactlyInAnyOrder("invoice-1", "invoice-2");
    }

    private static void waiting(Shop shop) {
        Set<Long> known = new LinkedHashSet<>();
        Set<Long> waiting = new LinkedHashSet<>();
        Set<Long> paid = new LinkedHashSet<>();
        shop.declare("orders");
        shop.declare("payments");
        shop.service("shop", life -> {
            life.subscribe("orders", Order.class, order -> life.step("insert", () -> known.add(order.number())));
            life.subscribe(
                    "payments", Order.class, payment -> life.step("insert", () -> waiting.add(payment.number())));
            life.poll(
                    "matching",
                    () -> unchecked(() -> life.step(
                            "match", () -> waiting.removeIf(number -> known.contains(number) && paid.add(number)))));
        });
        shop.scenario().channel("orders").send("o-1", new Order(1, 50));
        shop.scenario().channel("payments").send("o-1", new Order(1, 50));
        shop.scenario().settle();
        assertThat(paid).containsExactly(1L);
    }

    /** With a back-off, as it would have, the parent comes in between. */
    private static void parentNotThere(Shop shop) {
        shop.declare("orders");
        shop.declare("customers");
        shop.service("shop", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe(
                    "customers",
                    String.class,
                    customer -> Sql.onAutoCommit(
                            db,
                            connection -> Sql.update(
                                    connection,
                                    "INSERT INTO lease (name, owner, until) VALUES (?, '', 0) ON CONFLICT DO NOTHING",
                                    customer)));
            life.subscribe(
                    "orders",
                    Order.class,
                    order -> Sql.inTransaction(db, connection -> {
                        if (Sql.text(connection, "SELECT name FROM lease WHERE name = 'c-1'") == null) {
                            throw new IllegalStateException("customer c-1 is not there yet");
                        }
                        Sql.reserveOnce(connection, order);
                    }));
        });
        shop.scenario().channel("customers").send("c-1", "c-1");
        shop.send(new Order(1, 50));
        shop.scenario().settle();
        shop.reserved();
    }

    private static void parentParked(Shop shop) {
        shop.declare("orders");
        shop.declare("customers");
        shop.service("shop", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe(
                    "customers",
                    String.class,
                    customer -> Sql.inTransaction(db, connection -> {
                        Sql.number(connection, "SELECT credit FROM account WHERE id = 1 FOR UPDATE");
                        Sql.update(
                                connection,
                                "INSERT INTO lease (name, owner, until) VALUES (?, '', 0) ON CONFLICT DO NOTHING",
                                customer);
                        long amount =
                                Sql.number(connection, "SELECT amount FROM orders WHERE id = 1 AND status = 'PARKED'");
                        if (amount > 0) {
                            Sql.update(connection, "UPDATE orders SET status = 'DONE' WHERE id = 1");
                            Sql.reserveOnce(connection, new Order(1, (int) amount));
                        }
                    }));
            life.subscribe(
                    "orders",
                    Order.class,
                    order -> Sql.inTransaction(db, connection -> {
                        Sql.number(connection, "SELECT credit FROM account WHERE id = 1 FOR UPDATE");
                        if (Sql.text(connection, "SELECT name FROM lease WHERE name = 'c-1'") == null) {
                            Sql.update(
                                    connection,
                                    "INSERT INTO orders (id, amount, status) VALUES (?, ?, 'PARKED') ON CONFLICT DO NOTHING",
                                    order.number(),
                                    order.amount());
                        } else {
                            Sql.reserveOnce(connection, order);
                        }
                    }));
        });
        shop.scenario().channel("customers").send("c-1", "c-1");
        shop.send(new Order(1, 50));
        shop.scenario().settle();
        shop.reserved();
    }

    /** With a back-off, as it would have, the breaker has closed when the message comes again. */
    private static void circuitBreaker(Shop shop) {
        shop.reserves((life, db) -> {
            Instant[] openUntil = {Instant.MIN};
            return order -> {
                if (life.clock().instant().isBefore(openUntil[0])) {
                    throw new IllegalStateException("the circuit is open");
                }
                try {
                    Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
                } catch (SQLException failure) {
                    openUntil[0] = life.clock().instant().plusSeconds(30);
                    throw failure;
                }
            };
        });
    }

    /** Something that finds work or not, and may throw what is checked. */
    @FunctionalInterface
    interface Tick {
        boolean tick() throws Exception;
    }

    static boolean unchecked(Tick tick) {
        try {
            return tick.tick();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
