package io.github.atleastonce.http;

import io.github.atleastonce.message.Message;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A server that deliveries are posted to. */
record Endpoint(URI address) implements Webhook.Receiver {

    /** Made when somebody posts; it has threads of its own. */
    private static final class Client {

        static final HttpClient ONE = HttpClient.newHttpClient();
    }

    @Override
    public int receive(Message delivery) throws Exception {
        return post(delivery).get().statusCode();
    }

    CompletableFuture<HttpResponse<Void>> post(Message delivery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString((String) delivery.payload()));
        delivery.headers().asMap().forEach(request::header);
        return Client.ONE.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
    }
}
