package io.github.atleastonce.examples.bugcorpus.steps;

import static io.github.atleastonce.examples.bugcorpus.Stage.credit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;

/** A refund for each notice that the order was cancelled. */
@KnownBug(
        id = "S7",
        title = "Compensates for each delivery of the reason: refunded twice",
        metIn = "PrestaShopCorp/ps_checkout PR 331, chobbledotcom/tickets PR 1912")
final class CompensatedTwice {

    private CompensatedTwice() {}

    static Bug bug() {
        return Bug.of(CompensatedTwice.class, "duplicate(changes[k1])", Fault.DUPLICATE, Fault.REDELIVERY)
                .faulty(body("UPDATE item SET state = 'refunded' WHERE id = ?"))
                .fixed(body("UPDATE item SET state = 'refunded' WHERE id = ? AND state = 'paid'"));
    }

    private static Bug.Body body(String refund) {
        Stage.Handling<Change> handling = (db, change) -> db.inTransaction(tx -> {
            if (tx.update(refund, change.id()) == 1) {
                tx.update("UPDATE customer SET credit = credit + 30");
            }
        });
        return Stage.changes(handling, (scenario, shop, db) -> {
            scenario.reset(() -> db.update("INSERT INTO item VALUES ('o-1', 'paid')"));
            scenario.channel("changes").send("o-1", new Change("o-1", "cancelled", 2));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(130);
        });
    }
}
