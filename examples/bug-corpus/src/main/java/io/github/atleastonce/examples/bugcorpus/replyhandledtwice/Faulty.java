package io.github.atleastonce.examples.bugcorpus.replyhandledtwice;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.TripEvent;
import io.github.atleastonce.examples.bugcorpus.TripEvent.HotelBooked;
import io.github.atleastonce.examples.bugcorpus.TripManager;
import io.github.atleastonce.examples.bugcorpus.Trips;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** Whoever says that the hotel is booked gets a flight booked. */
public final class Faulty implements TripManager {

    private final Database db;
    private final Trips trips;

    /** Makes the manager of a life. */
    public Faulty(Life life, Database db) {
        this.db = db;
        this.trips = new Trips(life, db);
    }

    @Override
    public void on(TripEvent event) throws SQLException {
        if (event instanceof HotelBooked) {
            db.inTransaction(tx -> {
                trips.enter(tx, event.trip(), "hotel", "flight");
                trips.announce(tx, event.trip(), "flight");
            });
        } else {
            trips.on(event);
        }
    }

    @Override
    public boolean tick() throws SQLException {
        return trips.tick();
    }
}
