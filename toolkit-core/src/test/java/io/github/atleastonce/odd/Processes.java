package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.OddService.inMemory;
import static io.github.atleastonce.odd.OddService.odd;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.SendFailedException;
import io.github.atleastonce.run.Service;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Outboxes, sagas, pollers and timers. */
final class Processes {

    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private record Paid(long number) {}

    private record Rejected(long number) {}

    /** Claims some rows and publishes them. */
    @FunctionalInterface
    private interface Relay {
        boolean relay(Life life, DataSource db) throws Exception;
    }

    private Processes() {}

    static Stream<OddService> all() {
        return Stream.of(
                odd("an outbox whose relay marks what was sent", shop -> outbox(shop, Processes::marks)),
                odd("an outbox whose relay deletes what was sent", shop -> outbox(shop, Processes::deletes)),
                odd("an outbox whose relay holds the rows while it sends", shop -> outbox(shop, Processes::holdsRows)),
                odd("an outbox whose relay claims the rows for a while", shop -> outbox(shop, Processes::claims)),
                odd(
                        "an outbox whose relay hands all over, and then waits",
                        shop -> outbox(shop, Processes::sendsBatch)),
                odd("a poller whose failed send is done again", shop -> outbox(shop, Processes::swallowsFailures)),
                inMemory("a saga that compensates", Processes::compensates),
                inMemory("an orchestrator with its state in a store", Processes::orchestrates),
                inMemory("an order that is paid in time, or is cancelled", Processes::paidOrCancelled),
                inMemory("a timer that is set again at boot", Processes::timerSetAgain),
                odd("a poller is the only trigger", Processes::onlyPoller),
                inMemory("a timer is the only trigger", Processes::onlyTimer),
                odd("a job that claims its row, and skips what others have", Processes::skipLocked),
                inMemory("a claim on the way, which only grows", Processes::claimOnTheWay),
                odd("the boot asks for what it has missed", Processes::catchesUp));
    }

    private static void outbox(Shop shop, Relay relay) {
        Set<Long> invoiced = new TreeSet<>();
        shop.declare("placed");
        shop.service(
                "accounting",
                life -> life.subscribe(
                        "placed", Order.class, order -> life.step("insert", () -> invoiced.add(order.number()))));
        Service<DataSource> service = shop.scenario().service("shop", life -> {
            DataSource db = life.dataSource(shop.db().pool());
            life.poll("relay", () -> Retries.unchecked(() -> relay.relay(life, db)));
            return db;
        });
        place(shop, service, new Order(1, 50));
        shop.scenario().settle();
        Set<Long> placed = new TreeSet<>();
        for (long number = shop.db().query("SELECT count(*) FROM orders"); number > 0; number--) {
            placed.add(number);
        }
        assertThat(invoiced).isEqualTo(placed);
        assertThat(shop.credit()).isEqualTo(placed.isEmpty() ? 100 : 50);
    }

    private static void place(Shop shop, Service<DataSource> service, Order order) {
        try {
            shop.scenario()
                    .attempt(
                            service,
                            db -> Sql.inTransaction(db, connection -> {
                                Sql.update(
                                        connection,
                                        "INSERT INTO orders (id, amount, status) VALUES (?, ?, 'PLACED')",
                                        order.number(),
                                        order.amount());
                                Sql.reserve(connection, order);
                                Sql.update(
                                        connection,
                                        "INSERT INTO outbox (id, amount) VALUES (?, ?)",
                                        order.number(),
                                        order.amount());
                            }));
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static boolean marks(Life life, DataSource db) throws Exception {
        Order next = next(db);
        if (next == null) {
            return false;
        }
        life.send("placed", next.id(), next);
        Sql.onAutoCommit(
                db, connection -> Sql.update(connection, "UPDATE outbox SET sent = 1 WHERE id = ?", next.number()));
        return true;
    }

    private static boolean deletes(Life life, DataSource db) throws Exception {
        Order next = next(db);
        if (next == null) {
            return false;
        }
        life.send("placed", next.id(), next);
        Sql.onAutoCommit(db, connection -> Sql.update(connection, "DELETE FROM outbox WHERE id = ?", next.number()));
        return true;
    }

    private static boolean holdsRows(Life life, DataSource db) throws Exception {
        boolean[] found = new boolean[1];
        Sql.inTransaction(db, connection -> {
            long number = Sql.number(connection, "SELECT id FROM outbox WHERE sent = 0 ORDER BY number FOR UPDATE");
            if (number > 0) {
                life.send("placed", "o-" + number, new Order(number, 50));
                Sql.update(connection, "UPDATE outbox SET sent = 1 WHERE id = ?", number);
                found[0] = true;
            }
        });
        return found[0];
    }

    private static boolean claims(Life life, DataSource db) throws Exception {
        long now = life.clock().millis();
        long[] number = new long[1];
        Sql.inTransaction(db, connection -> {
            number[0] = Sql.number(
                    connection,
                    "SELECT id FROM outbox WHERE sent = 0 AND claimed <= ? ORDER BY number FOR UPDATE",
                    now);
            // Whoever dies with a claim is not waited for: what comes next in the same instant may have it, too.
            Sql.update(connection, "UPDATE outbox SET claimed = ? WHERE id = ?", now, number[0]);
        });
        if (number[0] < 0) {
            return false;
        }
        life.send("placed", "o-" + number[0], new Order(number[0], 50));
        Sql.onAutoCommit(
                db, connection -> Sql.update(connection, "UPDATE outbox SET sent = 1 WHERE id = ?", number[0]));
        return true;
    }

    private static boolean sendsBatch(Life life, DataSource db) throws Exception {
        Order next = next(db);
        if (next == null) {
            return false;
        }
        life.sendAsync("placed", next.id(), next).join();
        Sql.onAutoCommit(
                db, connection -> Sql.update(connection, "UPDATE outbox SET sent = 1 WHERE id = ?", next.number()));
        return true;
    }

    private static boolean swallowsFailures(Life life, DataSource db) throws Exception {
        try {
            return marks(life, db);
        } catch (SendFailedException logged) {
            return true;
        }
    }

    private static Order next(DataSource db) throws Exception {
        long[] number = new long[1];
        Sql.onAutoCommit(
                db, connection -> number[0] = Sql.number(connection, "SELECT min(id) FROM outbox WHERE sent = 0"));
        return number[0] > 0 ? new Order(number[0], 50) : null;
    }

    private static void compensates(Shop shop) {
        Map<Long, String> orders = new LinkedHashMap<>();
        Set<Long> stock = new TreeSet<>();
        shop.declare("orders");
        shop.declare("rejections");
        shop.service("shop", life -> {
            life.subscribe("orders", Order.class, order -> {
                life.step("commit", () -> orders.putIfAbsent(order.number(), "PLACED"));
                life.send("payments", order.id(), order);
            });
            life.subscribe(
                    "rejections",
                    Rejected.class,
                    rejected -> life.step("commit", () -> {
                        orders.put(rejected.number(), "CANCELLED");
                        stock.add(rejected.number());
                    }));
        });
        shop.declare("payments");
        shop.service(
                "payments",
                life -> life.subscribe("payments", Order.class, order -> {
                    if (order.amount() > 25) {
                        life.send("rejections", order.id(), new Rejected(order.number()));
                    }
                }));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(orders).containsEntry(1L, "CANCELLED").containsEntry(2L, "PLACED");
        assertThat(stock).containsExactly(1L);
    }

    private static void orchestrates(Shop shop) {
        Map<Long, String> states = new LinkedHashMap<>();
        shop.declare("orders");
        shop.declare("replies");
        shop.service("orchestrator", life -> {
            life.subscribe("orders", Order.class, order -> {
                life.step("commit", () -> states.putIfAbsent(order.number(), "AWAITS PAYMENT"));
                life.send("payments", order.id(), order);
            });
            life.subscribe(
                    "replies",
                    Paid.class,
                    paid -> life.step("commit", () -> states.replace(paid.number(), "AWAITS PAYMENT", "DONE")));
        });
        shop.declare("payments");
        shop.service(
                "payments",
                life -> life.subscribe(
                        "payments", Order.class, order -> life.send("replies", order.id(), new Paid(order.number()))));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(states).containsOnly(Map.entry(1L, "DONE"), Map.entry(2L, "DONE"));
    }

    private static void paidOrCancelled(Shop shop) {
        Map<Long, String> states = new LinkedHashMap<>();
        List<String> ended = new ArrayList<>();
        shop.declare("orders");
        shop.declare("payments");
        shop.service("shop", life -> {
            life.subscribe("orders", Order.class, order -> {
                life.step("commit", () -> states.putIfAbsent(order.number(), "OPEN"));
                life.after(TIMEOUT, () -> end(life, states, ended, order.number(), "CANCELLED"));
            });
            life.subscribe("payments", Paid.class, paid -> {
                if (!states.containsKey(paid.number())) {
                    life.step("commit", () -> states.put(paid.number(), "OPEN"));
                }
                end(life, states, ended, paid.number(), "PAID");
            });
        });
        shop.send(new Order(1, 50));
        shop.scenario().channel("payments").send("o-1", new Paid(1));
        shop.scenario().settle();
        assertThat(states.get(1L)).isIn("PAID", "CANCELLED");
        assertThat(ended).hasSize(1);
    }

    private static void end(Life life, Map<Long, String> states, List<String> ended, long number, String how) {
        life.step("commit", () -> {
            if (states.replace(number, "OPEN", how)) {
                ended.add(how);
            }
        });
    }

    private static void timerSetAgain(Shop shop) {
        Set<Long> open = new TreeSet<>();
        Set<Long> reminded = new TreeSet<>();
        shop.declare("orders");
        shop.service("shop", life -> {
            open.forEach(number -> life.after(TIMEOUT, () -> life.step("remind", () -> reminded.add(number))));
            life.subscribe("orders", Order.class, order -> {
                life.step("commit", () -> open.add(order.number()));
                life.after(TIMEOUT, () -> life.step("remind", () -> reminded.add(order.number())));
            });
        });
        shop.sendOrders();
        shop.scenario().settle();
        shop.scenario().elapse(TIMEOUT.multipliedBy(2));
        assertThat(reminded).containsExactly(1L, 2L);
    }

    private static void onlyPoller(Shop shop) {
        shop.scenario().reset(() -> shop.db().execute("INSERT INTO orders (id, amount, status) VALUES (1, 50, 'NEW')"));
        shop.service("shop", life -> {
            DataSource db = life.dataSource(shop.db().pool());
            life.poll("worker", () -> Retries.unchecked(() -> work(db)));
        });
        shop.scenario().settle();
        shop.reserved();
    }

    private static boolean work(DataSource db) throws Exception {
        boolean[] found = new boolean[1];
        Sql.inTransaction(db, connection -> {
            long number = Sql.number(connection, "SELECT id FROM orders WHERE status = 'NEW' FOR UPDATE");
            if (number > 0) {
                reserveAndClose(connection, number);
                found[0] = true;
            }
        });
        return found[0];
    }

    private static void reserveAndClose(Connection connection, long number) throws java.sql.SQLException {
        Sql.update(connection, "UPDATE orders SET status = 'DONE' WHERE id = ?", number);
        Sql.update(connection, "UPDATE account SET credit = credit - 50 WHERE id = 1");
    }

    private static void onlyTimer(Shop shop) {
        Set<Long> closed = new TreeSet<>();
        shop.service(
                "shop",
                life -> life.after(
                        TIMEOUT,
                        () -> life.step(
                                "close the day", () -> closed.add(life.clock().millis()))));
        shop.scenario().elapse(TIMEOUT);
        shop.scenario().settle();
        assertThat(closed).hasSize(1);
    }

    private static void skipLocked(Shop shop) {
        shop.declare("jobs");
        shop.scenario().reset(() -> shop.db().execute("INSERT INTO orders (id, amount, status) VALUES (1, 50, 'NEW')"));
        shop.service("shop", life -> {
            DataSource db = life.dataSource(shop.db().pool());
            life.subscribe(
                    "jobs",
                    String.class,
                    wake -> Sql.inTransaction(db, connection -> {
                        long number = Sql.number(
                                connection,
                                "SELECT id FROM orders WHERE status = 'NEW' ORDER BY id FOR UPDATE SKIP LOCKED");
                        if (number > 0) {
                            reserveAndClose(connection, number);
                        }
                    }));
        });
        shop.scenario().channel("jobs").send("j", "wake up");
        shop.scenario().settle();
        shop.reserved();
    }

    private static void claimOnTheWay(Shop shop) {
        Set<Long> booked = new TreeSet<>();
        int[] most = {0};
        shop.declare("orders");
        shop.service(
                "shop",
                life -> life.subscribe(
                        "orders", Order.class, order -> life.step("insert", () -> booked.add(order.number()))));
        shop.scenario().always(() -> {
            assertThat(booked).hasSizeGreaterThanOrEqualTo(most[0]);
            most[0] = booked.size();
        });
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(booked).hasSize(2);
    }

    private static void catchesUp(Shop shop) {
        shop.scenario().reset(() -> shop.db().execute("INSERT INTO orders (id, amount, status) VALUES (1, 20, 'NEW')"));
        shop.declare("orders");
        shop.service("shop", life -> {
            DataSource db = life.dataSource(shop.db().pool());
            Sql.inTransaction(db, connection -> {
                long missed = Sql.number(connection, "SELECT id FROM orders WHERE status = 'NEW' FOR UPDATE");
                if (missed > 0) {
                    Sql.update(connection, "UPDATE orders SET status = 'DONE' WHERE id = ?", missed);
                    Sql.reserveOnce(connection, new Order(missed, 20));
                }
            });
            life.subscribe(
                    "orders",
                    Order.class,
                    order -> Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order)));
        });
        shop.send(new Order(1, 20));
        shop.send(new Order(2, 30));
        shop.scenario().settle();
        shop.reserved();
    }
}
