package io.github.atleastonce.sketches;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.run.SendFailedException;
import io.github.atleastonce.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Consumers. What is declared outside of the boot stands for the database. */
final class Consumers {

    private record Order(String id, int number) {}

    private record Part(String order, String name) {}

    private Consumers() {}

    static Stream<Sketch> all() {
        return Stream.of(
                Sketch.of("what was handled is remembered in memory only", Consumers::remembersInMemory),
                Sketch.of("only the last id is remembered", Consumers::remembersTheLast),
                Sketch.of("numbers below the highest are taken for duplicates", Consumers::remembersTheHighest),
                Sketch.of("a duplicate sends its output again, under a new id", Consumers::sendsAgain),
                Sketch.of("two withdrawals each find enough credit", Consumers::checksThenActs),
                Sketch.of("a document is written back as it was read, and changed", Consumers::writesBack),
                Sketch.of("a failed send is logged", Consumers::logsFailedSend),
                Sketch.of("nobody looks at what became of the send", Consumers::forgetsTheFuture),
                Sketch.of("an uncertain send is done again under a new id", Consumers::sendsUnderNewId),
                Sketch.of("an aggregate counts parts instead of knowing them", Consumers::countsParts),
                Sketch.of("what was deleted comes back with a late duplicate", Consumers::resurrects),
                Sketch.of("work is noted as done before it is done", Consumers::notesFirst));
    }

    private static void remembersInMemory(Scenario scenario, boolean right) {
        Set<String> stored = new HashSet<>();
        int[] credit = {100};
        scenario.service("customers", life -> {
            Set<String> seen = right ? stored : new HashSet<>();
            life.subscribe("orders", String.class, order -> {
                if (seen.add(order)) {
                    credit[0] -= 30;
                    life.step("commit");
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(credit[0]).isEqualTo(70);
    }

    private static void remembersTheLast(Scenario scenario, boolean right) {
        Set<String> seen = new HashSet<>();
        int[] credit = {100};
        scenario.consumer("customers", "orders", String.class, order -> {
            if (!seen.contains(order)) {
                if (!right) {
                    seen.clear();
                }
                seen.add(order);
                credit[0] -= 30;
            }
        });
        scenario.channel("orders").send("c-1", "o-1");
        scenario.channel("orders").send("c-1", "o-2");
        scenario.settle();
        assertThat(credit[0]).isEqualTo(40);
    }

    private static void remembersTheHighest(Scenario scenario, boolean right) {
        Set<Integer> booked = new TreeSet<>();
        int[] highest = {0};
        scenario.channel("orders", ChannelOptions.partitions(2));
        scenario.consumer("ledger", "orders", Order.class, order -> {
            if (right || order.number() > highest[0]) {
                highest[0] = Math.max(highest[0], order.number());
                booked.add(order.number());
            }
        });
        sendTwo(scenario);
        scenario.settle();
        assertThat(booked).containsExactly(1, 2);
    }

    private static void sendsAgain(Scenario scenario, boolean right) {
        Set<String> invoices = new HashSet<>();
        int[] numbers = {0};
        scenario.consumer("accounting", "invoices", String.class, invoices::add);
        scenario.service("shop", life -> {
            life.subscribe(
                    "orders",
                    String.class,
                    order -> life.send("invoices", order, right ? "invoice of " + order : "invoice " + ++numbers[0]));
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(invoices).hasSize(1);
    }

    private static void checksThenActs(Scenario scenario, boolean right) {
        int[] credit = {50};
        Set<String> handled = new HashSet<>();
        scenario.channel("orders", ChannelOptions.partitions(2));
        scenario.service("customers", life -> {
            life.subscribe("orders", Order.class, order -> {
                boolean known = life.step("select", () -> handled.contains(order.id()) || credit[0] < 30);
                if (right) {
                    life.step("update if there is enough", () -> {
                        if (credit[0] >= 30 && handled.add(order.id())) {
                            credit[0] -= 30;
                        }
                    });
                } else if (!known) {
                    life.step("update", () -> {
                        if (handled.add(order.id())) {
                            credit[0] -= 30;
                        }
                    });
                }
            });
            return life;
        });
        sendTwo(scenario);
        scenario.settle();
        assertThat(credit[0]).isEqualTo(20);
    }

    private static void writesBack(Scenario scenario, boolean right) {
        Map<String, Set<Integer>> carts = new HashMap<>(Map.of("c-1", Set.of()));
        scenario.channel("orders", ChannelOptions.partitions(2));
        scenario.service("carts", life -> {
            life.subscribe("orders", Order.class, order -> {
                Set<Integer> read = life.step("select", () -> carts.get("c-1"));
                life.step("update", () -> {
                    Set<Integer> changed = new TreeSet<>(right ? carts.get("c-1") : read);
                    changed.add(order.number());
                    carts.put("c-1", changed);
                });
            });
            return life;
        });
        sendTwo(scenario);
        scenario.settle();
        assertThat(carts.get("c-1")).containsExactly(1, 2);
    }

    private static void logsFailedSend(Scenario scenario, boolean right) {
        Set<String> told = new HashSet<>();
        scenario.consumer("mail", "mails", String.class, told::add);
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                try {
                    life.send("mails", order);
                } catch (SendFailedException logged) {
                    if (right) {
                        throw logged;
                    }
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(told).containsExactly("o-1");
    }

    private static void forgetsTheFuture(Scenario scenario, boolean right) {
        Set<String> told = new HashSet<>();
        scenario.consumer("mail", "mails", String.class, told::add);
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                var sent = life.sendAsync("mails", order, order);
                if (right) {
                    sent.join();
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(told).containsExactly("o-1");
    }

    private static void sendsUnderNewId(Scenario scenario, boolean right) {
        Set<String> invoices = new HashSet<>();
        scenario.consumer("accounting", "invoices", String.class, invoices::add);
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                try {
                    life.send("invoices", order, "invoice of " + order);
                } catch (SendFailedException perhapsSent) {
                    life.send("invoices", order, "invoice of " + order + (right ? "" : ", second try"));
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(invoices).hasSize(1);
    }

    private static void countsParts(Scenario scenario, boolean right) {
        List<Set<String>> shipped = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        int[] count = {0};
        scenario.consumer("packing", "parts", Part.class, part -> {
            known.add(part.name());
            count[0]++;
            if ((right ? known.size() : count[0]) == 2 && shipped.isEmpty()) {
                shipped.add(Set.copyOf(known));
            }
        });
        scenario.channel("parts").send("o-1", new Part("o-1", "book"));
        scenario.channel("parts").send("o-1", new Part("o-1", "pen"));
        scenario.settle();
        assertThat(shipped).containsExactly(Set.of("book", "pen"));
    }

    private static void resurrects(Scenario scenario, boolean right) {
        Set<String> customers = new HashSet<>();
        Set<String> deleted = new HashSet<>();
        scenario.consumer("search", "customers", String.class, change -> {
            if (change.equals("deleted")) {
                customers.remove("c-1");
                deleted.add("c-1");
            } else if (!right || !deleted.contains("c-1")) {
                customers.add("c-1");
            }
        });
        scenario.channel("customers").send("c-1", "created");
        scenario.channel("customers").send("c-1", "deleted");
        scenario.settle();
        assertThat(deleted).containsExactly("c-1");
        assertThat(customers).isEmpty();
    }

    private static void notesFirst(Scenario scenario, boolean right) {
        Set<String> done = new HashSet<>();
        Set<String> packed = new HashSet<>();
        scenario.service("packing", life -> {
            life.subscribe("orders", String.class, order -> {
                if (right) {
                    life.step("pack", () -> packed.add(order));
                    life.step("note", () -> done.add(order));
                } else if (life.step("note", () -> done.add(order))) {
                    life.step("pack", () -> packed.add(order));
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(packed).containsExactly("o-1");
    }

    private static void sendTwo(Scenario scenario) {
        scenario.channel("orders").send("o-1", new Order("o-1", 1));
        scenario.channel("orders").send("o-2", new Order("o-2", 2));
    }
}
