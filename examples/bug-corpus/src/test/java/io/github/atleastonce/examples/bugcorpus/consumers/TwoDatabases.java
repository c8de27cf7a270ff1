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

/** Commits one after the other: what dies between them is half done, and its marker says that it is done. */
@KnownBug(
        id = "C36",
        title = "Chains the commits of two databases, with one marker for both: a crash between them leaves half",
        metIn = "spring-projects/spring-data-commons #2232")
final class TwoDatabases {

    private TwoDatabases() {}

    static Bug bug() {
        return Bug.of(TwoDatabases.class, "/commit)", Fault.CRASH)
                .faulty(body(TwoDatabases::faulty))
                .fixed(body(TwoDatabases::fixed));
    }

    private static void faulty(Database db, Order order) throws SQLException {
        db.inTransaction(money -> db.inTransaction(stock -> {
            if (stock.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1) {
                stock.update("UPDATE item SET version = version - 1");
                money.update("UPDATE customer SET credit = credit - ?", order.amount());
            }
        }));
    }

    private static void fixed(Database db, Order order) throws SQLException {
        db.inTransaction(stock -> {
            if (stock.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", "stock/" + order.id()) == 1) {
                stock.update("UPDATE item SET version = version - 1");
            }
        });
        db.inTransaction(money -> {
            if (money.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", "money/" + order.id()) == 1) {
                money.update("UPDATE customer SET credit = credit - ?", order.amount());
            }
        });
    }

    private static Bug.Body body(Stage.Handling<Order> handling) {
        return Stage.orders(handling, (scenario, shop, db) -> {
            scenario.reset(() -> db.update("INSERT INTO item VALUES ('chairs', 'in stock', 5)"));
            send(scenario, order(1));
            scenario.settle();
            assertThat(db.ints("SELECT version FROM item")).containsExactly(4);
            assertThat(credit(db)).isEqualTo(70);
        });
    }
}
