package io.github.atleastonce.examples.bugcorpus.timeouttakenforfailure;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.TripEvent;
import io.github.atleastonce.examples.bugcorpus.TripManager;
import io.github.atleastonce.examples.bugcorpus.Trips;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** A flight of which nobody has heard in time is none. */
public final class Faulty implements TripManager {

    private final Trips trips;

    /** Makes the manager of a life. */
    public Faulty(Life life, Database db) {
        this.trips = new Trips(life, db);
    }

    @Override
    public void on(TripEvent event) throws SQLException {
        trips.on(event);
    }

    @Override
    public boolean tick() throws SQLException {
        return trips.relay() | trips.timeOut("cancel hotel");
    }
}
