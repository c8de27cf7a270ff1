package io.github.atleastonce.examples.bugcorpus.relays;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.util.HashSet;
import java.util.Set;

/** What the broker has not taken yet is acknowledged where it came from. */
@KnownBug(
        id = "O40",
        title = "Hands a message on without waiting for the broker, and acknowledges it",
        metIn = "runmq/queue #19")
final class NotAwaited {

    private NotAwaited() {}

    static Bug bug() {
        return Bug.of(NotAwaited.class, "send_failed(shop<orders", Fault.SEND_FAILED)
                .faulty(body((life, db) -> order -> life.sendAsync("events", order.id(), order)))
                .fixed(body((life, db) ->
                        order -> life.sendAsync("events", order.id(), order).join()));
    }

    private static Bug.Body body(Stage.Boot<Consumer> boot) {
        return Stage.consumer(boot, (scenario, shop, db) -> {
            Set<String> heard = new HashSet<>();
            scenario.consumer("others", "events", Order.class, event -> heard.add(event.id()));
            send(scenario, order(1));
            scenario.settle();
            assertThat(heard).containsExactly("o-1");
        });
    }
}
