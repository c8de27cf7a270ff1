package io.github.atleastonce.examples.bugcorpus.consumers;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What waits in memory to be written with others is acknowledged already. */
@KnownBug(
        id = "C29",
        title = "Acknowledges what it has only put into a buffer: a crash loses it",
        metIn = "Altinity/clickhouse-sink-connector #1299")
final class BufferedAndAcknowledged {

    private BufferedAndAcknowledged() {}

    static Bug bug() {
        return Bug.of(BufferedAndAcknowledged.class, "crash(", Fault.CRASH)
                .faulty(body((life, db) -> {
                    List<Order> buffer = new ArrayList<>();
                    Stage.poll(life, "writer", () -> write(db, buffer));
                    return buffer::add;
                }))
                .fixed(body((life, db) -> order -> write(db, new ArrayList<>(List.of(order)))));
    }

    private static boolean write(Database db, List<Order> buffer) throws SQLException {
        if (buffer.isEmpty()) {
            return false;
        }
        for (Order order : buffer) {
            db.update("INSERT INTO orders VALUES (?) ON CONFLICT DO NOTHING", order.id());
        }
        buffer.clear();
        return true;
    }

    private static Bug.Body body(Stage.Boot<Consumer> boot) {
        ChannelOptions options = ChannelOptions.DEFAULT.confirmation(Confirmation.EACH_MESSAGE);
        return Stage.with("orders", options, Stage.consumer(boot, (scenario, shop, db) -> {
            send(scenario, order(1), order(2));
            scenario.settle();
            assertThat(db.strings("SELECT id FROM orders ORDER BY id")).containsExactly("o-1", "o-2");
        }));
    }
}
