package io.github.atleastonce.examples.bugcorpus.consumers;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A line that comes before its order waits for it, where a crash forgets it. */
@KnownBug(
        id = "C31",
        title = "Holds in memory what came too early, and acknowledges it: a crash loses it",
        metIn = "azure-contrib/socket.io-servicebus #28")
final class ParkedInMemory {

    private ParkedInMemory() {}

    static Bug bug() {
        return Bug.of(
                        ParkedInMemory.class,
                        "reorder(shop<orders[k1],shop<lines[k1])+crash(",
                        Fault.REORDER,
                        Fault.CRASH)
                .faulty(body(stored -> new LinkedHashSet<>()))
                .fixed(body(stored -> stored));
    }

    private static Bug.Body body(UnaryOperator<Set<String>> start) {
        ChannelOptions options = ChannelOptions.DEFAULT.confirmation(Confirmation.EACH_MESSAGE);
        Bug.Body body = (scenario, db) -> {
            Set<String> stored = new LinkedHashSet<>();
            Set<String> orders = new HashSet<>();
            Set<String> lines = new HashSet<>();
            scenario.service("shop", life -> {
                Set<String> early = start.apply(stored);
                life.subscribe("orders", Order.class, order -> {
                    life.step("store order", () -> orders.add(order.id()));
                    life.step("store lines", () -> lines.addAll(early));
                });
                life.subscribe("lines", Change.class, line -> {
                    if (orders.isEmpty()) {
                        life.step("park line", () -> early.add(line.id()));
                    } else {
                        life.step("store line", () -> lines.add(line.id()));
                    }
                });
                return life;
            });
            scenario.channel("orders").send("o-1", order(1));
            scenario.channel("lines").send("o-1", new Change("l-1", "put", 1));
            scenario.settle();
            assertThat(lines).containsExactly("l-1");
        };
        return Stage.with("orders", options, Stage.with("lines", options, body));
    }
}
