package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.OddService.inMemory;
import static io.github.atleastonce.odd.OddService.odd;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.message.Message;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** The patterns of messaging, each in a form that duplicates cannot hurt. */
final class Messaging {

    private record Part(long order, int number, int of) {}

    private record Question(String correlation) {}

    private record Answer(String correlation, int credit) {}

    private Messaging() {}

    static Stream<OddService> all() {
        return Stream.of(
                odd("a handler that only reads", Messaging::onlyReads),
                inMemory("a handler that only sends, with an id that says what for", Messaging::onlySends),
                inMemory("a handler that hands over and does not wait", Messaging::sendsLater),
                inMemory("a splitter and an aggregator", Messaging::splitterAndAggregator),
                inMemory("a router by content", Messaging::router),
                inMemory("a resequencer on a channel without order", Messaging::resequencer),
                inMemory("a request and its reply", Messaging::requestReply),
                odd("a claim check: the content is in the database", Messaging::claimCheck),
                inMemory("what is wrong goes to a channel of its own", Messaging::invalidMessages),
                inMemory("the dead letter channel is read, and what it holds is noted", Messaging::deadLettersRead),
                inMemory("a handler that fails twice for each message, and then does it", Messaging::failsTwice),
                inMemory("messages without a key", Messaging::withoutKey),
                inMemory("random ids and times in what is sent", Messaging::randomIds),
                inMemory("a stopwatch in what is sent", Messaging::stopwatch),
                inMemory("types that nobody asked for pass by", Messaging::otherTypes),
                inMemory("two groups of the same channel", Messaging::twoGroups),
                inMemory("one service calls another directly", Messaging::directCall),
                inMemory("a wire tap", Messaging::wireTap),
                inMemory("a channel that nobody has given a dead letter channel", Messaging::noDeadLetterChannel));
    }

    private static void onlyReads(Shop shop) {
        Set<Long> shown = new LinkedHashSet<>();
        shop.declare("orders");
        shop.service("dashboard", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe(
                    "orders",
                    Order.class,
                    order -> Sql.onAutoCommit(
                            db, connection -> shown.add(Sql.number(connection, "SELECT credit FROM account"))));
        });
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(shown).containsExactly(100L);
    }

    private static void onlySends(Shop shop) {
        Set<String> shipped = shipping(shop);
        shop.service(
                "shop",
                life -> life.subscribe(
                        "orders",
                        Order.class,
                        order -> life.send("shipments", order.id(), "shipment-" + order.number())));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(shipped).containsExactlyInAnyOrder("shipment-1", "shipment-2");
    }

    private static void sendsLater(Shop shop) {
        Set<String> shipped = shipping(shop);
        shop.service(
                "shop",
                life -> life.subscribe(
                        "orders",
                        Order.class,
                        order -> life.sendAsync("shipments", order.id(), "shipment-" + order.number())
                                .join()));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(shipped).containsExactlyInAnyOrder("shipment-1", "shipment-2");
    }

    /** Stores each shipment by its id. */
    private static Set<String> shipping(Shop shop) {
        Set<String> shipped = new LinkedHashSet<>();
        shop.declare("orders");
        shop.declare("shipments");
        shop.service(
                "shipping",
                life -> life.subscribe("shipments", String.class, id -> life.step("insert", () -> shipped.add(id))));
        return shipped;
    }

    private static void splitterAndAggregator(Shop shop) {
        Map<Long, Set<Integer>> arrived = new TreeMap<>();
        Set<Long> complete = new TreeSet<>();
        shop.declare("orders");
        shop.declare("parts");
        shop.service(
                "splitter",
                life -> life.subscribe("orders", Order.class, order -> {
                    for (int part = 1; part <= 2; part++) {
                        life.send("parts", "p-" + part, new Part(order.number(), part, 2));
                    }
                }));
        shop.service(
                "aggregator",
                life -> life.subscribe(
                        "parts",
                        Part.class,
                        part -> life.step("commit", () -> {
                            Set<Integer> parts = arrived.computeIfAbsent(part.order(), any -> new TreeSet<>());
                            parts.add(part.number());
                            if (parts.size() == part.of()) {
                                complete.add(part.order());
                            }
                        })));
        shop.send(new Order(1, 50));
        shop.scenario().settle();
        assertThat(complete).containsExactly(1L);
    }

    private static void router(Shop shop) {
        Set<Long> large = new TreeSet<>();
        Set<Long> small = new TreeSet<>();
        shop.declare("orders");
        shop.service(
                "router",
                life -> life.subscribe(
                        "orders",
                        Order.class,
                        order -> life.send(order.amount() > 25 ? "large" : "small", order.id(), order)));
        shop.declare("large");
        shop.declare("small");
        shop.service("clerk", life -> {
            life.subscribe("large", Order.class, order -> life.step("insert", () -> large.add(order.number())));
            life.subscribe("small", Order.class, order -> life.step("insert", () -> small.add(order.number())));
        });
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(large).containsExactly(1L);
        assertThat(small).containsExactly(2L);
    }

    private static void resequencer(Shop shop) {
        Map<Integer, String> waiting = new HashMap<>();
        StringBuilder text = new StringBuilder();
        shop.scenario()
                .channel(
                        "letters",
                        ChannelOptions.DEFAULT.ordering(Ordering.NONE).deadLetter("letters.dead"));
        shop.service(
                "reader",
                life -> life.subscribe(
                        "letters",
                        Message.class,
                        message -> life.step("commit", () -> {
                            int number = Integer.parseInt(message.headers().get("number"));
                            if (number >= text.length()) {
                                waiting.put(number, (String) message.payload());
                            }
                            while (waiting.containsKey(text.length())) {
                                text.append(waiting.remove(text.length()));
                            }
                        })));
        var letters = shop.scenario().channel("letters");
        for (int i = 0; i < 3; i++) {
            letters.send(Message.of("m-" + i, "text", String.valueOf((char) ('a' + i)))
                    .withHeader("number", String.valueOf(i)));
        }
        shop.scenario().settle();
        assertThat(text).hasToString("abc");
    }

    private static void requestReply(Shop shop) {
        Map<String, Integer> answers = new TreeMap<>();
        shop.declare("questions");
        shop.declare("answers");
        shop.service(
                "bank",
                life -> life.subscribe(
                        "questions",
                        Question.class,
                        question ->
                                life.send("answers", question.correlation(), new Answer(question.correlation(), 100))));
        shop.service(
                "shop",
                life -> life.subscribe(
                        "answers",
                        Answer.class,
                        answer -> life.step("put", () -> answers.put(answer.correlation(), answer.credit()))));
        shop.scenario().channel("questions").send("q-1", new Question("q-1"));
        shop.scenario().settle();
        assertThat(answers).containsOnly(Map.entry("q-1", 100));
    }

    private static void claimCheck(Shop shop) {
        shop.scenario()
                .reset(() -> shop.db().execute("INSERT INTO orders (id, amount, status) VALUES (1, 50, 'STORED')"));
        shop.declare("claims");
        shop.service("shop", life -> {
            var db = life.dataSource(shop.db().pool());
            life.subscribe(
                    "claims",
                    Long.class,
                    number -> Sql.inTransaction(db, connection -> {
                        long amount = Sql.number(connection, "SELECT amount FROM orders WHERE id = ?", number);
                        Sql.reserveOnce(connection, new Order(number, (int) amount));
                    }));
        });
        shop.scenario().channel("claims").send("o-1", 1L);
        shop.scenario().settle();
        shop.reserved();
    }

    private static void invalidMessages(Shop shop) {
        Set<Long> booked = new TreeSet<>();
        Set<Long> refused = new TreeSet<>();
        shop.declare("orders");
        shop.declare("invalid");
        shop.service(
                "shop",
                life -> life.subscribe("orders", Order.class, order -> {
                    if (order.amount() > 25) {
                        life.send("invalid", order.id(), order);
                    } else {
                        life.step("insert", () -> booked.add(order.number()));
                    }
                }));
        shop.service(
                "clerk",
                life -> life.subscribe(
                        "invalid", Order.class, order -> life.step("insert", () -> refused.add(order.number()))));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(booked).containsExactly(2L);
        assertThat(refused).containsExactly(1L);
    }

    private static void deadLettersRead(Shop shop) {
        Set<Long> booked = new TreeSet<>();
        Set<Long> dead = new TreeSet<>();
        shop.declare("orders");
        shop.service(
                "shop",
                life -> life.subscribe("orders", Order.class, order -> {
                    if (order.amount() > 25) {
                        throw new IllegalArgumentException("too large");
                    }
                    life.step("insert", () -> booked.add(order.number()));
                }));
        shop.declare("orders.dead");
        shop.service(
                "clerk",
                life -> life.subscribe(
                        "orders.dead", Order.class, order -> life.step("insert", () -> dead.add(order.number()))));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(booked).containsExactly(2L);
        assertThat(dead).containsExactly(1L);
    }

    private static void failsTwice(Shop shop) {
        Set<Long> booked = new TreeSet<>();
        shop.declare("orders");
        shop.service("shop", life -> {
            Map<Long, Integer> failed = new HashMap<>();
            life.subscribe("orders", Order.class, order -> {
                if (failed.merge(order.number(), 1, Integer::sum) <= 2) {
                    throw new IllegalStateException("the third party warms up");
                }
                life.step("insert", () -> booked.add(order.number()));
            });
        });
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(booked).containsExactly(1L, 2L);
    }

    private static void withoutKey(Shop shop) {
        Set<Long> booked = new TreeSet<>();
        shop.declare("orders");
        shop.service(
                "shop",
                life -> life.subscribe(
                        "orders", Order.class, order -> life.step("insert", () -> booked.add(order.number()))));
        shop.scenario().channel("orders").send(new Order(1, 30));
        shop.scenario().channel("orders").send(new Order(2, 20));
        shop.scenario().settle();
        assertThat(booked).containsExactly(1L, 2L);
    }

    private static void randomIds(Shop shop) {
        Map<String, String> byOrder = new LinkedHashMap<>();
        shop.declare("orders");
        shop.declare("events");
        shop.service(
                "shop",
                life -> life.subscribe(
                        "orders",
                        Order.class,
                        order -> life.send(
                                "events",
                                UUID.randomUUID().toString(),
                                order.id() + " " + UUID.randomUUID() + " " + Instant.now())));
        shop.service(
                "reader",
                life -> life.subscribe(
                        "events",
                        String.class,
                        event -> life.step("put", () -> {
                            byOrder.put(event.substring(0, 3), event);
                        })));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(byOrder).containsOnlyKeys("o-1", "o-2");
    }

    private static void stopwatch(Shop shop) {
        Set<String> handled = new TreeSet<>();
        shop.declare("orders");
        shop.declare("events");
        shop.service(
                "shop",
                life -> life.subscribe("orders", Order.class, order -> {
                    long began = System.nanoTime();
                    life.send("events", order.id(), order.id() + " took " + (System.nanoTime() - began) + " ns");
                }));
        shop.service(
                "reader",
                life -> life.subscribe(
                        "events", String.class, event -> life.step("put", () -> handled.add(event.substring(0, 3)))));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(handled).containsExactly("o-1", "o-2");
    }

    private static void otherTypes(Shop shop) {
        Set<Long> booked = new TreeSet<>();
        shop.declare("orders");
        shop.service(
                "shop",
                life -> life.subscribe(
                        "orders", Order.class, order -> life.step("insert", () -> booked.add(order.number()))));
        shop.scenario().channel("orders").send("o-1", "a text that nobody reads");
        shop.send(new Order(1, 50));
        shop.scenario().settle();
        assertThat(booked).containsExactly(1L);
    }

    private static void twoGroups(Shop shop) {
        Set<Long> billed = new TreeSet<>();
        Set<Long> shipped = new TreeSet<>();
        shop.declare("orders");
        shop.service(
                "billing",
                life -> life.subscribe(
                        "orders", Order.class, order -> life.step("insert", () -> billed.add(order.number()))));
        shop.service(
                "shipping",
                life -> life.subscribe(
                        "orders", Order.class, order -> life.step("insert", () -> shipped.add(order.number()))));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(billed).containsExactly(1L, 2L);
        assertThat(shipped).isEqualTo(billed);
    }

    private static void directCall(Shop shop) {
        Set<Long> priced = new TreeSet<>();
        Set<Long> booked = new TreeSet<>();
        shop.declare("orders");
        var prices = shop.scenario()
                .<java.util.function.LongConsumer>service(
                        "prices", life -> number -> life.step("insert", () -> priced.add(number)));
        shop.service(
                "shop",
                life -> life.subscribe("orders", Order.class, order -> {
                    prices.get().accept(order.number());
                    life.step("insert", () -> booked.add(order.number()));
                }));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(priced).containsAll(booked);
        assertThat(booked).containsExactly(1L, 2L);
    }

    private static void wireTap(Shop shop) {
        Set<Long> booked = new TreeSet<>();
        shop.declare("orders");
        shop.service(
                "tap",
                life -> life.subscribe(
                        "orders", Message.class, message -> life.send("audit", message.key(), message.payload())));
        shop.declare("audit");
        shop.service(
                "audit",
                life -> life.subscribe(
                        "audit", Order.class, order -> life.step("insert", () -> booked.add(order.number()))));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(booked).containsExactly(1L, 2L);
    }

    private static void noDeadLetterChannel(Shop shop) {
        Set<Long> booked = new TreeSet<>();
        shop.service(
                "shop",
                life -> life.subscribe(
                        "orders", Order.class, order -> life.step("insert", () -> booked.add(order.number()))));
        shop.sendOrders();
        shop.scenario().settle();
        assertThat(booked).containsExactly(1L, 2L);
    }
}
