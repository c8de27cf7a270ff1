package io.github.atleastonce.examples.bugcorpus.newidforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** Each delivery makes a new charge. */
public final class Faulty implements Consumer {

    private final Life life;
    private final Database db;

    /** Makes the consumer of a life. */
    public Faulty(Life life, Database db) {
        this.life = life;
        this.db = db;
    }

    @Override
    public void on(Order order) throws SQLException {
        int charge = db.ints("SELECT nextval('charge_id')").get(0);
        life.send("charges", new Order("charge-" + charge, order.customer(), order.amount()));
    }
}
