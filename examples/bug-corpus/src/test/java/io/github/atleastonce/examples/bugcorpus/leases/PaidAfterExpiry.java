package io.github.atleastonce.examples.bugcorpus.leases;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.time.Duration;

/** The money comes when the seat has been given to somebody else. */
@KnownBug(
        id = "L8",
        title = "Takes a payment for a reservation that has run out: one seat is sold twice",
        metIn = "con2/kompassi PR 1016, hoangdaochuz/booking #31")
final class PaidAfterExpiry {

    private PaidAfterExpiry() {}

    static Bug bug() {
        return Bug.of(PaidAfterExpiry.class, "delay(shop<changes", Fault.DELAY)
                .faulty(body("UPDATE item SET state = 'paid' WHERE id = ?"))
                .fixed(body("UPDATE item SET state = CASE WHEN state IN ('expired', 'to be refunded') "
                        + "THEN 'to be refunded' ELSE 'paid' END WHERE id = ?"));
    }

    private static Bug.Body body(String pay) {
        return (scenario, bare) -> {
            long end = scenario.clock().millis() + Duration.ofSeconds(30).toMillis();
            Stage.of(
                            (life, db) -> {
                                life.subscribe("changes", Change.class, payment -> db.update(pay, payment.id()));
                                Stage.poll(life, "expiry", () -> life.clock().millis() > end && expire(db));
                                return db;
                            },
                            (same, shop, db) -> {
                                scenario.reset(() -> db.update(
                                        "INSERT INTO item VALUES ('first', 'reserved'), ('second', 'waits')"));
                                scenario.channel("changes").send("first", new Change("first", "paid", 1));
                                scenario.settle();
                                assertThat(db.strings("SELECT id FROM item WHERE state IN ('reserved', 'paid')"))
                                        .hasSize(1);
                                assertThat(db.strings("SELECT state FROM item WHERE id = 'first'"))
                                        .containsAnyOf("paid", "to be refunded");
                            })
                    .perform(scenario, bare);
        };
    }

    private static boolean expire(Database db) throws SQLException {
        boolean[] any = new boolean[1];
        db.inTransaction(tx -> {
            any[0] = tx.update("UPDATE item SET state = 'expired' WHERE state = 'reserved' AND id = 'first'") == 1;
            if (any[0]) {
                tx.update("UPDATE item SET state = 'reserved' WHERE state = 'waits'");
            }
        });
        return any[0];
    }
}
