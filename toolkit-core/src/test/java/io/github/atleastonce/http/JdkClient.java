package io.github.atleastonce.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls by the client of the JDK. */
final class JdkClient implements Payments.Client {

    private final HttpClient client = HttpClient.newHttpClient();

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
