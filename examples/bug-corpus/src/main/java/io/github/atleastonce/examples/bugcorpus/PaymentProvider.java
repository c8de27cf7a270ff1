package io.github.atleastonce.examples.bugcorpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Charges cards at a third party, by its idempotency keys. */
public final class PaymentProvider {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI charges;

    /** Uses the third party at an address. */
    public PaymentProvider(String url) {
        this.charges = URI.create(url + "/charges");
    }

    /**
     * Charges an order, once for each key.
     *
     * @throws UncheckedIOException if there was no answer, or an error: it may have been charged
     */
    public void charge(String key, Order order) {
        HttpRequest request = HttpRequest.newBuilder(charges)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"order\":\"" + order.id() + "\",\"amount\":" + order.amount() + "}"))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IOException("The charge of " + order.id() + " was answered " + status + ".");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while an order was charged.", interrupted);
        }
    }
}
