package io.github.atleastonce.examples.bugcorpus.markerwithoutgroup;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import java.sql.SQLException;

/** The marker is the order's alone. */
public final class Faulty implements Consumer {

    private final String group;
    private final Database db;

    /** Makes the consumer of a group. */
    public Faulty(String group, Database db) {
        this.group = group;
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        db.inTransaction(connection -> {
            String marker = order.id();
            if (connection.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", marker) == 1) {
                connection.update("UPDATE customer SET credit = credit - ? WHERE id = ?", order.amount(), group);
            }
        });
    }
}
