package io.github.atleastonce.examples.temporal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The payments at a third party. Charges with the same idempotency key are one. */
final class Payments {

    private final HttpClient client;
    private final String url;

    Payments(HttpClient client, String url) {
        this.client = client;
        this.url = url;
    }

    /**
     * Charges for an order.
     *
     * @throws UncheckedIOException if nobody knows whether it was charged
     */
    void charge(String order, String key) {
        send(HttpRequest.newBuilder(URI.create(url + "/charges"))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"order\":\"" + order + "\"}")));
    }

    /**
     * Gives back what was charged for an order, if anything was.
     *
     * @throws UncheckedIOException if nobody knows whether it was given back
     */
    void refund(String order) {
        send(HttpRequest.newBuilder(URI.create(url + "/charges/" + order)).DELETE());
    }

    private void send(HttpRequest.Builder request) {
        try {
            int status = client.send(
                            request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 500) {
                throw new IOException(url + " answered " + status + ".");
            }
        } catch (IOException unknown) {
            throw new UncheckedIOException(unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + url + " was asked.", interrupted);
        }
    }
}
