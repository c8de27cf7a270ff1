package io.github.atleastonce.examples.tripbooking;

/**
 * Somebody wants to travel.
 *
 * @param trip the id of the trip
 */
public record BookTrip(String trip) {}
