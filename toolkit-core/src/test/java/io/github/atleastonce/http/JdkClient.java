package io.github.atleastonce.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls by the client of the JDK. */
final class JdkClient implements Payments.Client {

    /** With HTTP/2 all requests have one connection, and a lost answer ends that for the next one, too, some time later. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public int post(String url, String idempotencyKey, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url))
                        .header("Idempotency-Key", idempotencyKey)
                        .POST(HttpRequest.BodyPublishers.ofString(json)))
                .statusCode();
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
