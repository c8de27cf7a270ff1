package io.github.atleastonce.examples.tripbooking;

/** How a trip has ended. */
public sealed interface TripEvent {

    /** Returns the id of the trip. */
    String trip();

    /**
     * Everything is booked.
     *
     * @param trip the id of the trip
     */
    record TripBooked(String trip) implements TripEvent {}

    /**
     * Nothing is booked.
     *
     * @param trip the id of the trip
     */
    record TripFailed(String trip) implements TripEvent {}
}
