package io.github.atleastonce.examples.bugcorpus.sentaftercommit;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Shop;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** Nobody sends what was not sent at once. */
public final class Faulty implements Shop {

    private final Life life;
    private final Database db;

    /** Makes the shop of a life. */
    public Faulty(Life life, Database db) {
        this.life = life;
        this.db = db;
    }

    @Override
    public void place(Order order) throws SQLException {
        db.update("INSERT INTO orders VALUES (?)", order.id());
        life.send("events", "o", order);
    }
}
