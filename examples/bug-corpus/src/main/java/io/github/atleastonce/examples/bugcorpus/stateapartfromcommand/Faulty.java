package io.github.atleastonce.examples.bugcorpus.stateapartfromcommand;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.TripEvent;
import io.github.atleastonce.examples.bugcorpus.TripEvent.HotelBooked;
import io.github.atleastonce.examples.bugcorpus.TripManager;
import io.github.atleastonce.examples.bugcorpus.Trips;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** Whoever dies in between believes that the flight was asked for. */
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
            if (trips.enter(db, event.trip(), "hotel", "flight")) {
                trips.send(event.trip(), "flight", 0);
            }
        } else {
            trips.on(event);
        }
    }

    @Override
    public boolean tick() throws SQLException {
        return trips.tick();
    }
}
