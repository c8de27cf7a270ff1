package io.github.atleastonce.examples.bugcorpus.relays;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Outbox;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.OutboxShop;
import io.github.atleastonce.examples.bugcorpus.Shop;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.run.SendFailedException;
import io.github.atleastonce.schedule.Fault;

/** An order is taken back whose event the broker has, though it did not say so. */
@KnownBug(
        id = "O41",
        title = "Takes a send that reports an error for one that was not made: a phantom event",
        metIn = "confluentinc/librdkafka PR 2188")
final class ErrorTakenForUnsent {

    private ErrorTakenForUnsent() {}

    static Bug bug() {
        return Bug.of(ErrorTakenForUnsent.class, "send_uncertain(", Fault.SEND_FAILED, Fault.SEND_UNCERTAIN)
                .faulty(body((life, db) -> order -> {
                    db.update("INSERT INTO orders VALUES (?)", order.id());
                    try {
                        life.send("events", "o", order);
                    } catch (SendFailedException failure) {
                        db.update("DELETE FROM orders WHERE id = ?", order.id());
                    }
                }))
                .fixed(body(OutboxShop::new));
    }

    private static Bug.Body body(Stage.Boot<Shop> boot) {
        return Stage.shop(boot, (scenario, shop, db) -> {
            scenario.attempt(shop, present -> present.place(order(1)));
            assertThat(Outbox.of(scenario, "events"))
                    .publishesOnlyCommitted(() -> db.strings("SELECT id FROM orders"), Order::id)
                    .publishesEveryCommitted(() -> db.strings("SELECT id FROM orders"), Order::id);
        });
    }
}
