package io.github.atleastonce.examples.bugcorpus.relays;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** What is taken out of the dead letters and not sent is gone for good. */
@KnownBug(
        id = "O39",
        title = "Takes dead letters out before it has sent them again: an interrupted redrive loses them",
        metIn = "Carael/CrossBusExplorer #64")
final class RedriveDeletesFirst {

    private RedriveDeletesFirst() {}

    static Bug bug() {
        return Bug.of(RedriveDeletesFirst.class, "shop.redrive/", Fault.CRASH, Fault.SEND_FAILED)
                .faulty(body((life, letters) -> {
                    Order letter = life.step("delete letter", () -> letters.remove());
                    life.send("orders", letter.id(), letter);
                }))
                .fixed(body((life, letters) -> {
                    Order letter = letters.element();
                    life.send("orders", letter.id(), letter);
                    life.step("delete letter", () -> {
                        letters.remove();
                    });
                }));
    }

    private interface Redrive {

        void one(Life life, Queue<Order> letters);
    }

    private static Bug.Body body(Redrive redrive) {
        return (scenario, db) -> {
            Queue<Order> letters = new ArrayDeque<>(List.of(order(1), order(2)));
            Set<String> handled = new HashSet<>();
            scenario.service("shop", life -> {
                Stage.poll(life, "redrive", () -> {
                    boolean any = !letters.isEmpty();
                    if (any) {
                        redrive.one(life, letters);
                    }
                    return any;
                });
                return life;
            });
            scenario.consumer("orders", "orders", Order.class, order -> handled.add(order.id()));
            scenario.settle();
            assertThat(handled).containsExactlyInAnyOrder("o-1", "o-2");
        };
    }
}
