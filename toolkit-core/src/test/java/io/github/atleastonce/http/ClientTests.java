package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;
import static io.github.atleastonce.schedule.Fault.RESPONSE_SLOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.http.Clients.Named;
import io.github.atleastonce.http.Payments.Client;
import io.github.atleastonce.http.Payments.Key;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever client a service has: the charge without a key of its order is found, and that with one is never blamed. */
class ClientTests {

    @RegisterExtension
    static final Stripe STRIPE = new Stripe();

    static Stream<Named> clients() {
        return Clients.all();
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

    private static Explored explore(Client client, Key key, Fault first, Fault... others) {
        return Explored.of(
                scenario -> {
                    ThirdParty stripe = ThirdParty.of(scenario, "stripe", STRIPE.server());
                    assertThat(Payments.pay(scenario, STRIPE.url(), client, key, "o-1"))
                            .containsExactly("o-1");
                    assertThat(stripe).happenedOncePer("$.orderId");
                },
                Bounds.DEFAULT.withMaxFaults(1),
                first,
                others);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void isFoundOutAndNeverBlamed(Named named) {
        assertThat(explore(named.client(), Key.OF_ATTEMPT, CRASH).token())
                .isEqualTo("1:crash(payments<orders[k1]/stripe POST /charges)");
        Explored right = explore(named.client(), Key.OF_ORDER, RESPONSE_LOST, RESPONSE_ERROR, RESPONSE_SLOW, CRASH);
        assertThat(right.claim()).startsWith("holds under every schedule with ≤ 1 fault");
        assertThat(right.tokens())
                .contains(
                        "1:response_lost(payments<orders[k1]/stripe POST /charges)",
                        "1:response_slow(payments<orders[k1]/stripe POST /charges)");
    }

    /** What a client repeats by itself stands in the same row of the story as what it was told to do. */
    @ParameterizedTest
    @MethodSource("clients")
    void tellsWhatTheClientRepeats(Named named) {
        Explored explored = Explored.of(
                scenario -> {
                    ThirdParty.of(scenario, "stripe", STRIPE.server());
                    Payments.pay(scenario, STRIPE.url(), named.client(), Key.OF_ORDER, "o-1");
                    assertThat(scenario.history().of(Event.Injected.class)).isEmpty();
                },
                Bounds.DEFAULT.withMaxFaults(1),
                RESPONSE_LOST);

        assertThat(Story.of(explored.outcome()).text())
                .containsPattern(
                        named.repeats()
                                ? "… payments goes on +stripe POST /charges \\(answered as before\\); commit"
                                : "… payments goes on +threw ");
    }
}
