package io.github.atleastonce.examples.tripbooking;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of the trips. A trip enters a state once. */
final class Trips {

    private final JdbcTemplate jdbc;

    Trips(DataSource db) {
        this.jdbc = new JdbcTemplate(db);
    }

    /**
     * A trip that is not over.
     *
     * @param id its id
     * @param state what is to be done next
     * @param tries how often that was done without an answer
     */
    record Trip(String id, State state, int tries) {}

    void begin(String trip) {
        jdbc.update("INSERT INTO trip (id, state) VALUES (?, ?) ON CONFLICT DO NOTHING", trip, State.BOOK_HOTEL.name());
    }

    List<Trip> underWay() {
        return jdbc.query(
                "SELECT id, state, tries FROM trip WHERE state NOT IN ('BOOKED', 'FAILED') ORDER BY id",
                (row, number) -> new Trip(row.getString(1), State.valueOf(row.getString(2)), row.getInt(3)));
    }

    void move(Trip trip, State to) {
        jdbc.update(
                "UPDATE trip SET state = ?, tries = 0 WHERE id = ? AND state = ?",
                to.name(),
                trip.id(),
                trip.state().name());
    }

    void tried(Trip trip) {
        jdbc.update("UPDATE trip SET tries = tries + 1 WHERE id = ?", trip.id());
    }

    List<TripEvent> toAnnounce() {
        return jdbc.query(
                "SELECT id, state FROM trip WHERE state IN ('BOOKED', 'FAILED') AND NOT announced ORDER BY id",
                (row, number) -> row.getString(2).equals("BOOKED")
                        ? new TripEvent.TripBooked(row.getString(1))
                        : new TripEvent.TripFailed(row.getString(1)));
    }

    void announced(String trip) {
        jdbc.update("UPDATE trip SET announced = TRUE WHERE id = ?", trip);
    }
}
