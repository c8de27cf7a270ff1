package io.github.atleastonce.examples.bugcorpus.newidforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** The charge of an order has one id. */
public final class Fixed implements Consumer {

    private final Life life;
    private final Database db;

    /** Makes the consumer of a life. */
    public Fixed(Life life, Database db) {
        this.life = life;
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        db.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.id());
        life.send("charges", new Order("charge-" + order.id(), order.customer(), order.amount()));
    }
}
