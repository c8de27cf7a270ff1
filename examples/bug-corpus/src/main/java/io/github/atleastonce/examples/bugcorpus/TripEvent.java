package io.github.atleastonce.examples.bugcorpus;

/** What is said of a trip that has a hotel and a flight. */
public sealed interface TripEvent {

    /** Names the trip. */
    String trip();

    /** Somebody wants the trip. */
    record TripRequested(String trip) implements TripEvent {}

    /** The hotel is to be booked. */
    record BookHotel(String trip, int command) implements TripEvent {}

    /** The hotel was booked. */
    record HotelBooked(String trip) implements TripEvent {}

    /** The hotel is to be cancelled. */
    record CancelHotel(String trip) implements TripEvent {}

    /** The hotel was cancelled. */
    record HotelCancelled(String trip) implements TripEvent {}

    /** The flight is to be booked. */
    record BookFlight(String trip, int command) implements TripEvent {}

    /** The flight was booked. */
    record FlightBooked(String trip) implements TripEvent {}

    /** The flight is full. */
    record FlightRefused(String trip) implements TripEvent {}

    /** The flight is to be cancelled, if it was booked. */
    record CancelFlight(String trip) implements TripEvent {}

    /** The flight was cancelled. */
    record FlightCancelled(String trip) implements TripEvent {}

    /** The trip was booked. */
    record TripBooked(String trip) implements TripEvent {}

    /** There will be no such trip. */
    record TripFailed(String trip) implements TripEvent {}
}
