package io.github.atleastonce.examples.bugcorpus.compensationmissing;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.TripEvent;
import io.github.atleastonce.examples.bugcorpus.TripEvent.FlightRefused;
import io.github.atleastonce.examples.bugcorpus.TripManager;
import io.github.atleastonce.examples.bugcorpus.Trips;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** A trip without a flight is no trip, but the hotel waits. */
public final class Faulty implements TripManager {

    private final Trips trips;

    /** Makes the manager of a life. */
    public Faulty(Life life, Database db) {
        this.trips = new Trips(life, db);
    }

    @Override
    public void on(TripEvent event) throws SQLException {
        if (event instanceof FlightRefused) {
            trips.move(event.trip(), "flight", "failed");
        } else {
            trips.on(event);
        }
    }

    @Override
    public boolean tick() throws SQLException {
        return trips.tick();
    }
}
