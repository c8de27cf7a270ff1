package io.github.atleastonce.examples.bugcorpus.consumers;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.schedule.Fault;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** After a restart the numbers begin again, and whoever has seen them takes them for copies. */
@KnownBug(
        id = "C38",
        title = "Numbers its messages from 1 after each start: consumers drop them as duplicates",
        metIn = "pathosDev/actor-ts #726")
final class SequenceFromMemory {

    private SequenceFromMemory() {}

    private interface Meter {

        void read(Order order);
    }

    static Bug bug() {
        return Bug.of(SequenceFromMemory.class, "crash(", Fault.CRASH)
                .faulty(body(stored -> new AtomicInteger()))
                .fixed(body(stored -> stored));
    }

    private static Bug.Body body(UnaryOperator<AtomicInteger> start) {
        return (scenario, db) -> {
            AtomicInteger stored = new AtomicInteger();
            var meter = scenario.<Meter>service("meter", life -> {
                AtomicInteger last = start.apply(stored);
                return order -> {
                    int number = life.step("store number", last::incrementAndGet);
                    life.send("readings", "m", new Change(order.id(), "reading", number));
                };
            });
            Set<String> sent = new HashSet<>();
            Set<String> kept = new HashSet<>();
            int[] highest = new int[1];
            scenario.consumer("audit", "readings", Change.class, reading -> sent.add(reading.id()));
            scenario.consumer("store", "readings", Change.class, reading -> {
                if (reading.version() > highest[0]) {
                    highest[0] = reading.version();
                    kept.add(reading.id());
                }
            });
            for (int i = 1; i <= 3; i++) {
                Order next = order(i);
                scenario.attempt(meter, present -> present.read(next));
            }
            scenario.settle();
            assertThat(sent).isNotEmpty();
            assertThat(kept).isEqualTo(sent);
        };
    }
}
