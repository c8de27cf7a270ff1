package io.github.atleastonce.examples.bugcorpus.relays;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.SendFailedException;
import io.github.atleastonce.schedule.Fault;
import java.util.HashSet;
import java.util.Set;

/** What can neither be handled nor be put aside is nowhere. */
@KnownBug(
        id = "O38",
        title = "Acknowledges what it could not put into the dead letter channel",
        metIn = "proteanhq/protean #1263, dapr/dapr #8284")
final class DeadLetterSwallowed {

    private DeadLetterSwallowed() {}

    static Bug bug() {
        return Bug.of(DeadLetterSwallowed.class, "send_failed(shop<orders", Fault.SEND_FAILED)
                .faulty(body((life, order) -> {
                    try {
                        life.send("dead", order.id(), order);
                    } catch (SendFailedException failure) {
                        // A line in the log, perhaps.
                    }
                }))
                .fixed(body((life, order) -> life.send("dead", order.id(), order)));
    }

    private interface Recovery {

        void putAside(Life life, Order order);
    }

    private static Bug.Body body(Recovery recovery) {
        return Stage.consumer(
                (life, db) -> order -> {
                    if (order.amount() < 0) {
                        recovery.putAside(life, order);
                    } else {
                        db.update("INSERT INTO orders VALUES (?) ON CONFLICT DO NOTHING", order.id());
                    }
                },
                (scenario, shop, db) -> {
                    Set<String> support = new HashSet<>();
                    scenario.consumer("support", "dead", Order.class, order -> support.add(order.id()));
                    send(scenario, order(1), new Order("o-2", "c-1", -1));
                    scenario.settle();
                    assertThat(db.strings("SELECT id FROM orders")).containsExactly("o-1");
                    assertThat(support).containsExactly("o-2");
                });
    }
}
