package io.github.atleastonce.examples.bugcorpus.views;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;

/** A start reads the events once more, to know what it has known, and does what they made it do. */
@KnownBug(
        id = "P2",
        title = "Replays events through handlers that have effects: a restart sends the mails again",
        metIn = "spatie/laravel-event-projector #29, JasperFx/marten PR 3568")
final class ReplaySendsMails {

    private ReplaySendsMails() {}

    static Bug bug() {
        return Bug.of(ReplaySendsMails.class, "crash(", Fault.CRASH)
                .faulty(body(true))
                .fixed(body(false));
    }

    private static Bug.Body body(boolean withEffects) {
        return Stage.of(
                (life, db) -> {
                    List<Object> model = new ArrayList<>();
                    for (Object event : db.query("SELECT id FROM orders ORDER BY id")) {
                        model.add(event);
                        if (withEffects) {
                            db.update("INSERT INTO note VALUES (?)", "welcome " + event);
                        }
                    }
                    life.subscribe("orders", Order.class, order -> {
                        boolean[] isNew = new boolean[1];
                        db.inTransaction(tx -> {
                            isNew[0] =
                                    tx.update("INSERT INTO orders VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1;
                            if (isNew[0]) {
                                tx.update("INSERT INTO note VALUES (?)", "welcome " + order.id());
                            }
                        });
                        if (isNew[0]) {
                            model.add(order.id());
                        }
                    });
                    return model;
                },
                (scenario, shop, db) -> {
                    send(scenario, order(1));
                    scenario.settle();
                    assertThat(db.strings("SELECT what FROM note")).containsExactly("welcome o-1");
                });
    }
}
