package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import io.github.atleastonce.http.Payments.Client;
import io.github.atleastonce.http.Payments.Key;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Whatever client a service has: the charge without a key of its order is found, and that with one is never blamed. */
class ClientTests {

    @RegisterExtension
    static final Stripe STRIPE = new Stripe();

    private record Named(String name, Client client) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> clients() {
        return Stream.of(
                new Named("JDK", new JdkClient()),
                new Named("HttpURLConnection", ClientTests::byConnection),
                new Named(
                        "Spring's RestClient on the JDK's",
                        spring(RestClient.builder()
                                .requestFactory(new JdkClientHttpRequestFactory())
                                .build())),
                new Named(
                        "Spring's RestClient on HttpURLConnection",
                        spring(RestClient.builder()
                                .requestFactory(new SimpleClientHttpRequestFactory())
                                .build())),
                new Named("Apache", apache(HttpClients.createDefault())),
                new Named("OkHttp", okHttp(new OkHttpClient())));
    }

    /** Stripe's own library tries again by itself, and makes a key of its own where it is given none. */
    @Test
    void blamesNobodyWhoGoesByStripesRules() {
        STRIPE.server()
                .stubFor(post("/v1/payment_intents")
                        .willReturn(
                                okJson("{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"status\":\"succeeded\"}")));
        StripeClient library = StripeClient.builder()
                .setApiKey("sk_test_1")
                .setApiBase(STRIPE.url())
                .setMaxNetworkRetries(1)
                .build();
        PaymentIntentCreateParams charge = PaymentIntentCreateParams.builder()
                .setAmount(30L)
                .setCurrency("eur")
                .putMetadata("order", "o-1")
                .build();
        Set<String> paid = new TreeSet<>();
        BiFunction<Boolean, Fault[], Explored> exploring = (keyed, faults) -> Explored.of(
                scenario -> {
                    paid.clear();
                    ThirdParty stripe = ThirdParty.of(scenario, "stripe", STRIPE.server());
                    RequestOptions options = RequestOptions.builder()
                            .setIdempotencyKey(keyed ? "charge o-1" : null)
                            .build();
                    scenario.service("payments", life -> {
                        life.subscribe("orders", String.class, order -> {
                            library.v1().paymentIntents().create(charge, options);
                            life.step("commit", () -> paid.add(order));
                        });
                        return life;
                    });
                    scenario.channel("orders").send("o-1", "o-1");
                    scenario.settle();
                    assertThat(paid).containsExactly("o-1");
                    assertThat(stripe)
                            .happenedOncePer(
                                    request -> request.getBodyAsString().contains("o-1") ? "o-1" : null);
                },
                Bounds.DEFAULT.withMaxFaults(1),
                faults[0],
                faults);

        assertThat(exploring
                        .apply(false, new Fault[] {RESPONSE_LOST, RESPONSE_ERROR})
                        .claim())
                .startsWith("holds under every schedule with ≤ 1 fault");
        assertThat(exploring.apply(false, new Fault[] {CRASH}).token())
                .isEqualTo("1:crash(payments<orders[k1]/stripe POST /v1/payment_intents)");
        assertThat(exploring
                        .apply(true, new Fault[] {RESPONSE_LOST, RESPONSE_ERROR, CRASH})
                        .claim())
                .startsWith("holds under every schedule with ≤ 1 fault");
    }

    private static int byConnection(String url, String key, String json) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Idempotency-Key", key);
        connection.setDoOutput(true);
        try (var body = connection.getOutputStream()) {
            body.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return connection.getResponseCode();
    }

    private static Client spring(RestClient client) {
        return (url, key, json) -> client.post()
                .uri(url)
                .header("Idempotency-Key", key)
                .body(json)
                .retrieve()
                .toBodilessEntity()
                .getStatusCode()
                .value();
    }

    private static Client apache(CloseableHttpClient client) {
        return (url, key, json) -> {
            HttpPost post = new HttpPost(url);
            post.setHeader("Idempotency-Key", key);
            post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
            return client.execute(post, response -> response.getCode());
        };
    }

    private static Client okHttp(OkHttpClient client) {
        return (url, key, json) -> {
            Request request = new Request.Builder()
                    .url(url)
                    .header("Idempotency-Key", key)
                    .post(RequestBody.create(json, MediaType.get("application/json")))
                    .build();
            try (var response = client.newCall(request).execute()) {
                return response.code();
            }
        };
    }

    private static Explored explore(Client client, Key key, Fault first, Fault... others) {
        return Explored.of(
                scenario -> {
                    ThirdParty stripe = ThirdParty.of(scenario, "stripe", STRIPE.server());
                    assertThat(Payments.pay(scenario, STRIPE.url(), client, key))
                            .containsExactly("o-1", "o-2");
                    assertThat(stripe).happenedOncePer("$.orderId");
                },
                Bounds.DEFAULT.withMaxFaults(1),
                first,
                others);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void isFoundOutAndNeverBlamed(Named named) {
        assertThat(explore(named.client(), Key.OF_ATTEMPT, RESPONSE_ERROR).token())
                .isEqualTo("1:response_error(payments<orders[k1]/stripe POST /charges,done)");
        assertThat(explore(named.client(), Key.OF_ATTEMPT, CRASH).token())
                .isEqualTo("1:crash(payments<orders[k1]/stripe POST /charges)");
        Explored right = explore(named.client(), Key.OF_ORDER, RESPONSE_LOST, RESPONSE_ERROR, CRASH);
        assertThat(right.claim()).startsWith("holds under every schedule with ≤ 1 fault");
    }
}
