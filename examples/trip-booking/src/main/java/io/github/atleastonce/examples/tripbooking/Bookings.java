package io.github.atleastonce.examples.tripbooking;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The bookings at one third party. Those with the same idempotency key are one. */
final class Bookings {

    private static final int REFUSED = 409;

    private final HttpClient client;
    private final String url;

    Bookings(HttpClient client, String url) {
        this.client = client;
        this.url = url;
    }

    /**
     * Books for a trip.
     *
     * @return whether there was something free
     * @throws IOException if nobody knows whether it was booked
     */
    boolean book(String trip, String key) throws IOException {
        int status = send(HttpRequest.newBuilder(URI.create(url + "/bookings"))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"trip\":\"" + trip + "\"}")));
        return status != REFUSED;
    }

    /**
     * Cancels what is booked for a trip, if anything is.
     *
     * @throws IOException if nobody knows whether it was cancelled
     */
    void cancel(String trip) throws IOException {
        send(HttpRequest.newBuilder(URI.create(url + "/bookings/" + trip)).DELETE());
    }

    private int send(HttpRequest.Builder request) throws IOException {
        try {
            int status = client.send(
                            request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 500) {
                throw new IOException(url + " answered " + status + ".");
            }
            return status;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while " + url + " was asked.");
        }
    }
}
