package io.github.atleastonce.sketches;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.SendFailedException;
import io.github.atleastonce.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Relays of an outbox: two orders come, and others are to hear of each. What is declared outside of the boot stands for the database. */
final class Relays {

    /** Publishes what waits in the outbox, and says whether there was anything. */
    @FunctionalInterface
    private interface Relay {
        boolean tick(Life life, List<String> outbox, Set<String> sent);
    }

    private Relays() {}

    static Stream<Sketch> all() {
        return Stream.of(
                Sketch.of(
                        "the relay deletes a row before it sends it",
                        (scenario, right) -> published(scenario, (life, outbox, sent) -> deletes(life, outbox, right))),
                Sketch.of(
                        "the relay marks what it could not send, with what it could",
                        (scenario, right) ->
                                published(scenario, (life, outbox, sent) -> marksAll(life, outbox, sent, right))),
                Sketch.of(
                        "the relay marks a row when it has handed it over",
                        (scenario, right) ->
                                published(scenario, (life, outbox, sent) -> marksEarly(life, outbox, sent, right))),
                Sketch.of("the relay starts behind what is there", Relays::startsAtTheEnd),
                Sketch.of("what was committed is sent from memory", Relays::sendsFromMemory));
    }

    private static void published(Scenario scenario, Relay relay) {
        List<String> outbox = new ArrayList<>();
        Set<String> sent = new HashSet<>();
        Set<String> heard = new TreeSet<>();
        scenario.consumer("mail", "placed", String.class, heard::add);
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> life.step("commit", () -> place(outbox, sent, order)));
            life.poll("relay", () -> relay.tick(life, outbox, sent));
            return life;
        });
        sendTwo(scenario);
        scenario.settle();
        assertThat(heard).containsExactly("o-1", "o-2");
    }

    private static void place(List<String> outbox, Set<String> sent, String order) {
        if (!outbox.contains(order) && !sent.contains(order)) {
            outbox.add(order);
        }
    }

    private static boolean deletes(Life life, List<String> outbox, boolean right) {
        if (outbox.isEmpty()) {
            return false;
        }
        String row = outbox.get(0);
        if (!right) {
            life.step("delete", () -> outbox.remove(row));
        }
        life.send("placed", row, row);
        if (right) {
            life.step("delete", () -> outbox.remove(row));
        }
        return true;
    }

    private static boolean marksAll(Life life, List<String> outbox, Set<String> sent, boolean right) {
        List<String> rows = List.copyOf(outbox);
        List<String> published = new ArrayList<>();
        for (String row : rows) {
            try {
                life.send("placed", row, row);
                published.add(row);
            } catch (SendFailedException later) {
                // The next tick tries again.
            }
        }
        life.step("update", () -> {
            List<String> marked = right || published.isEmpty() ? published : rows;
            sent.addAll(marked);
            outbox.removeAll(marked);
        });
        return !rows.isEmpty();
    }

    private static boolean marksEarly(Life life, List<String> outbox, Set<String> sent, boolean right) {
        if (outbox.isEmpty()) {
            return false;
        }
        String row = outbox.get(0);
        var result = life.sendAsync("placed", row, row);
        if (right) {
            result.join();
        }
        life.step("update", () -> {
            sent.add(row);
            outbox.remove(row);
        });
        return true;
    }

    private static void startsAtTheEnd(Scenario scenario, boolean right) {
        List<String> log = new ArrayList<>();
        Set<String> heard = new TreeSet<>();
        int[] stored = {0};
        scenario.consumer("mail", "placed", String.class, heard::add);
        scenario.service("shop", life -> {
            int[] position = right ? stored : new int[] {log.size()};
            life.subscribe(
                    "orders",
                    String.class,
                    order -> life.step("append", () -> {
                        if (!log.contains(order)) {
                            log.add(order);
                        }
                    }));
            life.poll("relay", () -> {
                if (position[0] == log.size()) {
                    return false;
                }
                int next = position[0];
                life.send("placed", log.get(next), log.get(next));
                life.step("advance", () -> position[0] = Math.max(position[0], next + 1));
                return true;
            });
            return life;
        });
        sendTwo(scenario);
        scenario.settle();
        assertThat(heard).containsExactly("o-1", "o-2");
    }

    private static void sendsFromMemory(Scenario scenario, boolean right) {
        List<String> outbox = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        Set<String> heard = new TreeSet<>();
        scenario.consumer("mail", "placed", String.class, heard::add);
        scenario.service("shop", life -> {
            List<String> waiting = right ? outbox : new ArrayList<>();
            life.subscribe("orders", String.class, order -> {
                boolean added = life.step("commit", () -> placed.add(order) && (!right || outbox.add(order)));
                if (added && !right) {
                    waiting.add(order);
                }
            });
            life.poll("relay", () -> {
                if (waiting.isEmpty()) {
                    return false;
                }
                String order = waiting.get(0);
                life.send("placed", order, order);
                life.step("delete", () -> waiting.remove(order));
                return true;
            });
            return life;
        });
        sendTwo(scenario);
        scenario.settle();
        assertThat(heard).containsExactly("o-1", "o-2");
    }

    private static void sendTwo(Scenario scenario) {
        scenario.channel("orders").send("o-1", "o-1");
        scenario.channel("orders").send("o-2", "o-2");
    }
}
