package io.github.atleastonce.examples.tripbooking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Leads each trip to one of its ends, a step at each tick. What it knows is in the rows, so that it may die at any time. */
final class TripManager {

    /** How often a booking is asked for, with the same key, before it is given up. */
    private static final int TRIES = 2;

    /** What a manager takes care of. */
    enum Care {
        /** Of everything. */
        FULL,
        /** Takes a booking without an answer for one that was not made. */
        TIME_OUT_TAKEN_FOR_FAILURE,
        /** Forgets the hotel when there is no train. */
        COMPENSATION_MISSING,
        /** Asks with a new key each time. */
        NEW_KEY_FOR_EACH_ATTEMPT,
        /** Takes note that an end was announced before it is. */
        MARKED_BEFORE_ANNOUNCED
    }

    private final Trips trips;
    private final Bookings hotel;
    private final Bookings flight;
    private final Bookings train;
    private final Consumer<TripEvent> announce;
    private final Care care;

    TripManager(
            DataSource db, Bookings hotel, Bookings flight, Bookings train, Consumer<TripEvent> announce, Care care) {
        this.trips = new Trips(db);
        this.hotel = hotel;
        this.flight = flight;
        this.train = train;
        this.announce = announce;
        this.care = care;
    }

    void on(BookTrip command) {
        trips.begin(command.trip());
    }

    /** Does the next step of each trip; returns whether there was any. */
    boolean tick() {
        List<Trips.Trip> underWay = trips.underWay();
        for (Trips.Trip trip : underWay) {
            try {
                step(trip);
            } catch (IOException unknown) {
                // Counted already: the same is done again at the next tick.
                throw new UncheckedIOException(unknown);
            }
        }
        return !underWay.isEmpty();
    }

    private void step(Trips.Trip trip) throws IOException {
        State state = trip.state();
        if (!state.books()) {
            bookings(state).cancel(trip.id());
            trips.move(trip, afterCancelling(state));
            return;
        }
        if (trip.tries() >= TRIES) {
            trips.move(trip, state.unknown());
            return;
        }
        try {
            boolean booked = bookings(state).book(trip.id(), key(trip));
            trips.move(trip, booked ? state.next() : state.refused());
        } catch (IOException unknown) {
            if (care == Care.TIME_OUT_TAKEN_FOR_FAILURE) {
                trips.move(trip, state.refused());
            } else {
                trips.tried(trip);
                throw unknown;
            }
        }
    }

    private State afterCancelling(State state) {
        return care == Care.COMPENSATION_MISSING && state == State.CANCEL_FLIGHT ? State.FAILED : state.next();
    }

    private String key(Trips.Trip trip) {
        return care == Care.NEW_KEY_FOR_EACH_ATTEMPT ? UUID.randomUUID().toString() : trip.id() + " " + trip.state();
    }

    private Bookings bookings(State state) {
        return switch (state) {
            case BOOK_HOTEL, CANCEL_HOTEL -> hotel;
            case BOOK_FLIGHT, CANCEL_FLIGHT -> flight;
            default -> train;
        };
    }

    /** Says how trips have ended; returns whether any had. */
    boolean relay() {
        List<TripEvent> ended = trips.toAnnounce();
        for (TripEvent event : ended) {
            if (care == Care.MARKED_BEFORE_ANNOUNCED) {
                trips.announced(event.trip());
                announce.accept(event);
            } else {
                announce.accept(event);
                trips.announced(event.trip());
            }
        }
        return !ended.isEmpty();
    }
}
