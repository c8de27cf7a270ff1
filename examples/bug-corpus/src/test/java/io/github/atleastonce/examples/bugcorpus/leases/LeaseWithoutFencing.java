package io.github.atleastonce.examples.bugcorpus.leases;

import static io.github.atleastonce.examples.bugcorpus.Stage.credit;
import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;

/** Who stalls for longer than its lease goes on as if it still had it. */
@KnownBug(
        id = "L5",
        title = "Writes under a lease that has run out meanwhile: two have done it",
        metIn = "awslabs/amazon-dynamodb-lock-client #1, bsm/redislock #93")
final class LeaseWithoutFencing {

    private LeaseWithoutFencing() {}

    static Bug bug() {
        return Bug.of(LeaseWithoutFencing.class, "pause(shop#1<orders", Fault.PAUSE)
                .faulty(body("UPDATE job SET what = 'done'"))
                .fixed(body("UPDATE job SET what = 'done' WHERE token = ?"));
    }

    private static void on(Life life, Database db, Order order, String release) throws SQLException {
        db.update("INSERT INTO job VALUES (?, ?, 0, 'free') ON CONFLICT DO NOTHING", order.id(), new Timestamp(0));
        List<Object> token = db.query(
                "UPDATE job SET due = ?, token = token + 1, what = 'taken' WHERE what <> 'done' AND due <= ? RETURNING token",
                Stage.in(Duration.ofSeconds(30), life),
                Stage.in(Duration.ZERO, life));
        if (token.isEmpty()) {
            return;
        }
        db.inTransaction(tx -> {
            if (tx.update(release, release.contains("?") ? token.toArray() : new Object[0]) == 1) {
                tx.update("UPDATE customer SET credit = credit - ?", order.amount());
            }
        });
    }

    private static Bug.Body body(String release) {
        return Stage.nodes(
                (life, db) -> {
                    life.subscribe("orders", Order.class, order -> on(life, db, order, release));
                    return db;
                },
                (scenario, shop, db) -> {
                    send(scenario, order(1));
                    scenario.settle();
                    assertThat(credit(db)).isEqualTo(70);
                });
    }
}
