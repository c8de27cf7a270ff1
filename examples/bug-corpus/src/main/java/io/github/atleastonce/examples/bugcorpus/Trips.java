package io.github.atleastonce.examples.bugcorpus;

import io.github.atleastonce.examples.bugcorpus.TripEvent.BookFlight;
import io.github.atleastonce.examples.bugcorpus.TripEvent.BookHotel;
import io.github.atleastonce.examples.bugcorpus.TripEvent.CancelFlight;
import io.github.atleastonce.examples.bugcorpus.TripEvent.CancelHotel;
import io.github.atleastonce.examples.bugcorpus.TripEvent.FlightBooked;
import io.github.atleastonce.examples.bugcorpus.TripEvent.FlightCancelled;
import io.github.atleastonce.examples.bugcorpus.TripEvent.FlightRefused;
import io.github.atleastonce.examples.bugcorpus.TripEvent.HotelBooked;
import io.github.atleastonce.examples.bugcorpus.TripEvent.HotelCancelled;
import io.github.atleastonce.examples.bugcorpus.TripEvent.TripBooked;
import io.github.atleastonce.examples.bugcorpus.TripEvent.TripFailed;
import io.github.atleastonce.examples.bugcorpus.TripEvent.TripRequested;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;

/**
 * A manager of trips as it should be: each state is entered once, and in the same transaction it is written what is to be sent. A flight of which
 * nobody has heard in time is cancelled, since it may have been booked.
 */
public final class Trips implements TripManager {

    /** How long a trip waits for its flight. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Life life;
    private final Database db;

    /** Makes the manager of a life. */
    public Trips(Life life, Database db) {
        this.life = life;
        this.db = db;
    }

    @Override
    public void on(TripEvent event) throws SQLException {
        if (event instanceof TripRequested) {
            db.inTransaction(tx -> {
                if (tx.update("INSERT INTO trip VALUES (?, 'hotel') ON CONFLICT DO NOTHING", event.trip()) == 1) {
                    announce(tx, event.trip(), "hotel");
                }
            });
        } else if (event instanceof HotelBooked) {
            move(event.trip(), "hotel", "flight");
        } else if (event instanceof FlightBooked) {
            move(event.trip(), "flight", "booked");
        } else if (event instanceof FlightRefused) {
            move(event.trip(), "flight", "cancel hotel");
        } else if (event instanceof FlightCancelled) {
            move(event.trip(), "cancel flight", "cancel hotel");
        } else if (event instanceof HotelCancelled) {
            move(event.trip(), "cancel hotel", "failed");
        }
    }

    /** Enters a state, if the trip is in the one before. */
    public void move(String trip, String from, String to) throws SQLException {
        db.inTransaction(tx -> {
            if (enter(tx, trip, from, to)) {
                announce(tx, trip, to);
            }
        });
    }

    /** Enters a state, and says nothing of it. */
    public boolean enter(Database tx, String trip, String from, String to) throws SQLException {
        Timestamp deadline = new Timestamp(life.clock().millis() + PATIENCE.toMillis());
        return tx.update("UPDATE trip SET state = ?, deadline = ? WHERE id = ? AND state = ?", to, deadline, trip, from)
                == 1;
    }

    /** Lets others know of a state. */
    public void announce(Database tx, String trip, String state) throws SQLException {
        tx.update("INSERT INTO trip_outbox (trip, what) VALUES (?, ?)", trip, state);
    }

    @Override
    public boolean tick() throws SQLException {
        return relay() | timeOut("cancel flight");
    }

    /** Gives up flights of which nobody has heard in time. */
    public boolean timeOut(String to) throws SQLException {
        List<Object> late = db.query(
                "SELECT id FROM trip WHERE state = 'flight' AND deadline <= ?",
                new Timestamp(life.clock().millis()));
        for (Object trip : late) {
            move((String) trip, "flight", to);
        }
        return !late.isEmpty();
    }

    /** Sends what waits in the outbox. */
    public boolean relay() throws SQLException {
        List<Object> rows =
                db.query("SELECT id || '/' || trip || '/' || what FROM trip_outbox WHERE NOT sent ORDER BY id");
        for (Object row : rows) {
            String[] columns = row.toString().split("/");
            int id = Integer.parseInt(columns[0]);
            send(columns[1], columns[2], id);
            db.update("UPDATE trip_outbox SET sent = TRUE WHERE id = ?", id);
        }
        return !rows.isEmpty();
    }

    /** Sends what a state has to say. */
    public void send(String trip, String state, int number) {
        switch (state) {
            case "hotel" -> life.send("hotel", trip, new BookHotel(trip, number));
            case "flight" -> life.send("flight", trip, new BookFlight(trip, number));
            case "cancel flight" -> life.send("flight", trip, new CancelFlight(trip));
            case "cancel hotel" -> life.send("hotel", trip, new CancelHotel(trip));
            case "booked" -> life.send("trips", trip, new TripBooked(trip));
            default -> life.send("trips", trip, new TripFailed(trip));
        }
    }
}
