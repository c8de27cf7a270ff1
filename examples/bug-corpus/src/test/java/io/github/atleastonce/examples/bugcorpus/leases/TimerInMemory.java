package io.github.atleastonce.examples.bugcorpus.leases;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** A process that has died reminds nobody. */
@KnownBug(
        id = "L2",
        title = "Keeps a timer in memory: after a restart it never fires",
        metIn = "dapr/dapr #3512, basiltt/xstate-statemachine #128")
final class TimerInMemory {

    private TimerInMemory() {}

    static Bug bug() {
        return Bug.of(TimerInMemory.class, "crash(", Fault.CRASH)
                .faulty(body(false))
                .fixed(body(true));
    }

    private static Bug.Body body(boolean startsAgain) {
        return (scenario, db) -> {
            Set<String> orders = new LinkedHashSet<>();
            Set<String> reminded = new HashSet<>();
            scenario.service("shop", life -> {
                if (startsAgain) {
                    orders.forEach(id -> life.after(Duration.ofHours(1), () -> reminded.add(id)));
                }
                life.subscribe("orders", Order.class, order -> {
                    if (life.step("store order", () -> orders.add(order.id()))) {
                        life.after(Duration.ofHours(1), () -> reminded.add(order.id()));
                    }
                });
                return life;
            });
            send(scenario, order(1));
            scenario.settle();
            scenario.elapse(Duration.ofHours(2));
            scenario.settle();
            assertThat(reminded).containsExactly("o-1");
        };
    }
}
