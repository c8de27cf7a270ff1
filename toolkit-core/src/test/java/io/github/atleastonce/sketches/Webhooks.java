package io.github.atleastonce.sketches;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Receivers of webhooks, and callers of third parties. What is declared outside of the boot stands for the database. */
final class Webhooks {

    private record Change(String object, int version, String state) {}

    private Webhooks() {}

    static Stream<Sketch> all() {
        return Stream.of(
                Sketch.of("the receiver answers before it has stored the event", Webhooks::answersFirst),
                Sketch.of("a payment is credited again when the provider tries again", Webhooks::creditsAgain),
                Sketch.of("a change of an object that is not known yet is passed over", Webhooks::ignoresUnknown),
                Sketch.of("the card is charged again, since nothing says that it was", Webhooks::chargesAgain));
    }

    private static void answersFirst(Scenario scenario, boolean right) {
        Set<String> stored = new TreeSet<>();
        // An answer is for one event.
        scenario.channel("hooks", ChannelOptions.DEFAULT.confirmation(Confirmation.EACH_MESSAGE));
        scenario.service("receiver", life -> {
            List<String> waiting = new ArrayList<>();
            life.subscribe("hooks", String.class, event -> {
                if (right) {
                    life.step("insert", () -> stored.add(event));
                } else {
                    waiting.add(event);
                }
            });
            life.poll("worker", () -> {
                boolean found = !waiting.isEmpty();
                while (!waiting.isEmpty()) {
                    String event = waiting.remove(0);
                    life.step("insert", () -> stored.add(event));
                }
                return found;
            });
            return life;
        });
        scenario.channel("hooks").send("e-1", "e-1");
        scenario.channel("hooks").send("e-2", "e-2");
        scenario.settle();
        assertThat(stored).containsExactly("e-1", "e-2");
    }

    private static void creditsAgain(Scenario scenario, boolean right) {
        Set<String> seen = new HashSet<>();
        int[] credit = {0};
        scenario.consumer("receiver", "hooks", String.class, event -> {
            if (seen.add(event) || !right) {
                credit[0] += 30;
            }
        });
        scenario.channel("hooks").send("e-1", "e-1");
        scenario.settle();
        assertThat(credit[0]).isEqualTo(30);
    }

    private static void ignoresUnknown(Scenario scenario, boolean right) {
        Map<String, Change> objects = new HashMap<>();
        scenario.channel("hooks", ChannelOptions.DEFAULT.ordering(Ordering.NONE));
        scenario.consumer("receiver", "hooks", Change.class, change -> {
            Change known = objects.get(change.object());
            boolean isNext = right
                    ? known == null || known.version() < change.version()
                    : known != null && known.version() < change.version()
                            || change.state().equals("created");
            if (isNext) {
                objects.put(change.object(), change);
            }
        });
        scenario.channel("hooks").send("c-1", new Change("c-1", 1, "created"));
        scenario.channel("hooks").send("c-1", new Change("c-1", 2, "active"));
        scenario.settle();
        assertThat(objects.get("c-1").state()).isEqualTo("active");
    }

    private static void chargesAgain(Scenario scenario, boolean right) {
        Set<String> charges = new HashSet<>();
        Set<String> paid = new HashSet<>();
        int[] keys = {0};
        scenario.service("payments", life -> {
            life.subscribe("orders", String.class, order -> {
                if (!paid.contains(order)) {
                    String key = right ? order : "attempt " + ++keys[0];
                    life.step("charge", () -> charges.add(key));
                    life.step("commit", () -> paid.add(order));
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(charges).hasSize(1);
    }
}
