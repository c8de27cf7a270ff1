package io.github.atleastonce.examples.bugcorpus.consumers;

import static io.github.atleastonce.examples.bugcorpus.Stage.credit;
import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;

/** A lost answer to a commit is taken for a commit that was not made. */
@KnownBug(
        id = "C37",
        title = "Does a transaction again when its commit is not answered: it may have been made",
        metIn = "dotnet/efcore #22904, stroppy-io/stroppy #167")
final class CommitTriedAgain {

    private CommitTriedAgain() {}

    static Bug bug() {
        return Bug.of(CommitTriedAgain.class, "/commit,done)", Fault.CONNECTION_LOST)
                .faulty(body(tx -> 1))
                .fixed(body(tx -> tx.update("INSERT INTO inbox VALUES ('o-1') ON CONFLICT DO NOTHING")));
    }

    private interface Marker {

        int in(Database tx) throws SQLException;
    }

    private static void withRetries(Database db, Database.Work work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                db.inTransaction(work);
                return;
            } catch (SQLException failure) {
                if (attempt == 3) {
                    throw failure;
                }
            }
        }
    }

    private static Bug.Body body(Marker marker) {
        Stage.Handling<Order> reserve = (db, order) -> withRetries(db, tx -> {
            if (marker.in(tx) == 1) {
                tx.update("UPDATE customer SET credit = credit - ?", order.amount());
            }
        });
        return Stage.orders(reserve, (scenario, shop, db) -> {
            send(scenario, order(1));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(70);
        });
    }
}
