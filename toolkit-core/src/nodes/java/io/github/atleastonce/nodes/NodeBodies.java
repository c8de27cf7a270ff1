package io.github.atleastonce.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Test bodies about nodes of one service, the same on each transport. A flaw is planted where a parameter says so. */
public final class NodeBodies {

    private NodeBodies() {}

    /** Something that is ordered. */
    public record OrderCreated(String order, String customer, int amount) {}

    /**
     * Where the messages go: a channel of two partitions.
     *
     * @param channel its name
     * @param first a key of the first partition
     * @param second a key of the second one
     */
    public record Lines(String channel, String first, String second) {}

    /** A database: it outlives the nodes. */
    private static final class Tables {

        final Map<String, Integer> credit = new HashMap<>();
        final Map<String, Integer> versions = new HashMap<>();
        final Set<String> orders = new HashSet<>();

        Tables(Lines lines) {
            credit.put(lines.first(), 100);
            credit.put(lines.second(), 100);
        }

        Row select(OrderCreated order) {
            String customer = order.customer();
            return new Row(orders.contains(order.order()), credit.get(customer), versions.getOrDefault(customer, 0));
        }

        void update(OrderCreated order, Row read, boolean versioned) {
            if (versioned && versions.getOrDefault(order.customer(), 0) != read.version()) {
                throw new IllegalStateException("somebody else has written meanwhile");
            }
            orders.add(order.order());
            credit.put(order.customer(), read.credit() - order.amount());
            versions.merge(order.customer(), 1, Integer::sum);
        }
    }

    private record Row(boolean handled, int credit, int version) {}

    /** Each node may keep what it knows of customers in a cache of its own, which is stale once another node has changed them. */
    public static void ordersOfTwoCustomers(Scenario scenario, Lines lines, boolean caches) {
        Tables tables = new Tables(lines);
        scenario.nodes("credit", 2, life -> {
            Map<String, Integer> cache = new HashMap<>();
            life.subscribe(
                    lines.channel(),
                    OrderCreated.class,
                    order -> life.step("commit", () -> {
                        if (tables.orders.add(order.order())) {
                            int before = caches
                                    ? cache.computeIfAbsent(order.customer(), tables.credit::get)
                                    : tables.credit.get(order.customer());
                            cache.put(order.customer(), before - order.amount());
                            tables.credit.put(order.customer(), before - order.amount());
                        }
                    }));
            return cache;
        });
        for (int i = 1; i <= 3; i++) {
            order(scenario, lines, "o-" + i, lines.first());
            order(scenario, lines, "p-" + i, lines.second());
            scenario.settle();
        }
        assertThat(tables.credit).containsEntry(lines.first(), 70).containsEntry(lines.second(), 70);
    }

    /** What was handled may be remembered in each node only. */
    public static void threeOrders(Scenario scenario, Lines lines, boolean remembersInMemory) {
        Tables tables = new Tables(lines);
        scenario.nodes("credit", 2, life -> {
            Set<String> seen = remembersInMemory ? new HashSet<>() : tables.orders;
            life.subscribe(
                    lines.channel(),
                    OrderCreated.class,
                    order -> life.step("commit", () -> {
                        if (seen.add(order.order())) {
                            tables.credit.merge(order.customer(), -order.amount(), Integer::sum);
                        }
                    }));
            return life;
        });
        order(scenario, lines, "o-1", lines.first());
        order(scenario, lines, "o-2", lines.first());
        order(scenario, lines, "p-1", lines.second());
        scenario.settle();
        assertThat(tables.credit).containsEntry(lines.first(), 80).containsEntry(lines.second(), 90);
    }

    /** A node that comes back may write what it has read long ago over what others have written since, unless it compares a version. */
    public static void aLateWrite(Scenario scenario, Lines lines, boolean versioned) {
        Tables tables = new Tables(lines);
        scenario.nodes("credit", 2, life -> {
            life.subscribe(lines.channel(), OrderCreated.class, order -> {
                Row row = life.step("select", () -> tables.select(order));
                life.step("update", () -> {
                    if (!row.handled()) {
                        tables.update(order, row, versioned);
                    }
                });
            });
            return life;
        });
        order(scenario, lines, "o-1", lines.first());
        order(scenario, lines, "o-2", lines.first());
        scenario.settle();
        assertThat(tables.credit).containsEntry(lines.first(), 80);
    }

    private static void order(Scenario scenario, Lines lines, String order, String customer) {
        scenario.channel(lines.channel()).send(customer, new OrderCreated(order, customer, 10));
    }

    /** Two rounds of a message in each partition, read by two nodes that do nothing with them. */
    public static List<String> deliveriesOfTwoRounds(Scenario scenario, Lines lines) {
        scenario.nodes("shop", 2, life -> {
            life.subscribe(lines.channel(), String.class, order -> {});
            return life;
        });
        for (String round : List.of("1", "2")) {
            scenario.channel(lines.channel()).send(lines.first(), "A" + round);
            scenario.channel(lines.channel()).send(lines.second(), "B" + round);
            scenario.settle();
        }
        return scenario.history().events().stream()
                .flatMap(event -> event instanceof Event.Delivered delivered
                        ? Stream.of(delivered.subscriber() + ":"
                                + delivered.message().message().payload())
                        : event instanceof Event.Settled ? Stream.of("|") : Stream.of())
                .toList();
    }

    /** Two nodes tell what they get, and when they have done with it. */
    public static void twoOrders(Scenario scenario, Lines lines, List<String> got) {
        scenario.nodes("shop", 2, life -> {
            life.subscribe(lines.channel(), String.class, order -> {
                got.add(life.service() + " gets " + order);
                life.step("commit");
                got.add(life.service() + " has done " + order);
            });
            return life;
        });
        scenario.channel(lines.channel()).send(lines.first(), "A");
        scenario.channel(lines.channel()).send(lines.second(), "B");
        scenario.settle();
        scenario.channel(lines.channel()).send(lines.first(), "C");
        scenario.settle();
    }

    /** A table with one row that says who leads until when, and a file on a server that knows nothing of that. */
    private static final class Store {

        String leader = "";
        Instant until = Instant.MIN;
        int term;
        boolean done;

        int highest;
        final List<String> written = new ArrayList<>();

        /** Takes the lease, or renews it; 0 if another one has it. */
        int take(String node, Instant now) {
            if (!leader.equals(node) && until.isAfter(now)) {
                return 0;
            }
            if (!leader.equals(node)) {
                term++;
            }
            leader = node;
            until = now.plus(Duration.ofSeconds(30));
            return term;
        }

        /** Writes, unless a later leader was here already. */
        void writeFenced(String what, int token) {
            if (token >= highest) {
                highest = token;
                written.add(what);
            }
        }
    }

    /** The leader works through a list, one entry after the other, each exactly once by the mark that it sets before. */
    public static void leads(Scenario scenario, boolean fenced) {
        Store store = new Store();
        scenario.nodes("billing", 2, life -> {
            life.poll("invoices", () -> work(life, store, fenced));
            return life;
        });
        scenario.settle();
        // Terms of leadership never go back.
        assertThat(store.written).isSorted();
        assertThat(store.done).isTrue();
    }

    private static boolean work(Life life, Store store, boolean fenced) {
        if (store.done) {
            return false;
        }
        int token =
                life.step("lease", () -> store.take(life.service(), life.clock().instant()));
        if (token == 0) {
            return false;
        }
        life.step("write", () -> {
            if (fenced) {
                store.writeFenced("term " + token, token);
            } else {
                store.written.add("term " + token);
            }
        });
        life.step("done", () -> store.done = true);
        return true;
    }
}
