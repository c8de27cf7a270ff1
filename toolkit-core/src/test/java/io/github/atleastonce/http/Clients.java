package io.github.atleastonce.http;

import feign.Feign;
import feign.Headers;
import feign.Param;
import feign.Request.Options;
import feign.RequestLine;
import feign.Response;
import feign.Target.EmptyTarget;
import io.github.atleastonce.http.Payments.Client;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** The clients that services have, each with a time-out, and whether it repeats by itself what was not answered. */
final class Clients {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String KEY = "Idempotency-Key";

    private Clients() {}

    /**
     * A client.
     *
     * @param name for people
     * @param repeats whether it posts again when a connection ends without an answer
     * @param client the client
     */
    record Named(String name, boolean repeats, Client client) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> all() {
        Client jdk = jdk();
        return Stream.of(
                new Named("JDK", false, jdk),
                new Named("HttpURLConnection", true, Clients::byConnection),
                new Named("Spring's RestClient on the JDK's", false, restClient(jdkFactory())),
                new Named("Spring's RestClient on HttpURLConnection", false, restClient(simpleFactory())),
                new Named("Spring's WebClient on Reactor Netty", false, webClient()),
                new Named("Apache", false, apache()),
                new Named("OkHttp", true, okHttp()),
                new Named("Feign", true, feign()),
                new Named("Resilience4j on the JDK's", true, resilience4j(jdk)));
    }

    private static Client jdk() {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return (url, key, json) -> client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(PATIENCE)
                                .header(KEY, key)
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int byConnection(String url, String key, String json) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setRequestMethod("POST");
        connection.setRequestProperty(KEY, key);
        connection.setDoOutput(true);
        try (var body = connection.getOutputStream()) {
            body.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return connection.getResponseCode();
    }

    private static ClientHttpRequestFactory jdkFactory() {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
        factory.setReadTimeout(PATIENCE);
        return factory;
    }

    private static ClientHttpRequestFactory simpleFactory() {
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setReadTimeout((int) PATIENCE.toMillis());
        return factory;
    }

    private static Client restClient(ClientHttpRequestFactory factory) {
        RestClient client = RestClient.builder().requestFactory(factory).build();
        return (url, key, json) -> client.post()
                .uri(url)
                .header(KEY, key)
                .body(json)
                .retrieve()
                .toBodilessEntity()
                .getStatusCode()
                .value();
    }

    private static Client webClient() {
        WebClient client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(
                        reactor.netty.http.client.HttpClient.create().responseTimeout(PATIENCE)))
                .build();
        return (url, key, json) -> {
            var answer = client.post()
                    .uri(url)
                    .header(KEY, key)
                    .bodyValue(json)
                    .retrieve()
                    .toBodilessEntity()
                    .block();
            return answer == null ? 0 : answer.getStatusCode().value();
        };
    }

    private static Client apache() {
        CloseableHttpClient client = HttpClients.custom()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(PATIENCE))
                        .build())
                .build();
        return (url, key, json) -> {
            HttpPost post = new HttpPost(url);
            post.setHeader(KEY, key);
            post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
            return client.execute(post, response -> response.getCode());
        };
    }

    private static Client okHttp() {
        // A name with two addresses, as localhost often is: what the one does not answer is posted to the other.
        OkHttpClient client = new OkHttpClient.Builder()
                .dns(name -> List.of(InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress()))
                .readTimeout(PATIENCE)
                .build();
        return (url, key, json) -> {
            var request = new okhttp3.Request.Builder()
                    .url(url)
                    .header(KEY, key)
                    .post(RequestBody.create(json, MediaType.get("application/json")))
                    .build();
            try (var response = client.newCall(request).execute()) {
                return response.code();
            }
        };
    }

    /** What Feign makes a client of. */
    interface Api {

        @RequestLine("POST")
        @Headers("Idempotency-Key: {key}")
        Response post(URI url, @Param("key") String key, String json);
    }

    private static Client feign() {
        Api api = Feign.builder()
                .options(new Options(
                        PATIENCE.toMillis(), TimeUnit.MILLISECONDS, PATIENCE.toMillis(), TimeUnit.MILLISECONDS, true))
                .target(EmptyTarget.create(Api.class));
        return (url, key, json) -> {
            try (Response response = api.post(URI.create(url), key, json)) {
                return response.status();
            }
        };
    }

    private static Client resilience4j(Client client) {
        Retry retry = Retry.of(
                "charges",
                RetryConfig.<Integer>custom()
                        .maxAttempts(3)
                        .waitDuration(Duration.ofMillis(1))
                        .retryOnResult(status -> status >= 500)
                        .build());
        return (url, key, json) -> retry.executeCallable(() -> client.post(url, key, json));
    }
}
