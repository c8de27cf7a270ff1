package io.github.atleastonce.http;

import static io.github.atleastonce.schedule.Fault.RESPONSE_SLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.http.Payments.Client;
import io.github.atleastonce.http.Payments.Key;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.schedule.Bounds;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An answer that comes when nobody waits for it any more. */
class ResponseSlowTests {

    @RegisterExtension
    static final Stripe STRIPE = new Stripe();

    private static final JdkClient CLIENT = new JdkClient();

    /** The first answer that a JVM gets takes long, perhaps longer than the time-out. */
    @BeforeAll
    static void warmUp() throws Exception {
        CLIENT.send(HttpRequest.newBuilder(URI.create(STRIPE.url())));
    }

    private static int impatient(String url, String key, String json) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(1))
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(json)))
                .statusCode();
    }

    private static Explored explore(Client client, Key key, Duration settleTimeout) {
        return Explored.of(
                scenario -> {
                    ThirdParty stripe = ThirdParty.of(scenario, "stripe", STRIPE.server());
                    Payments.pay(scenario, STRIPE.url(), client, key, "o-1");
                    assertThat(stripe).happenedOncePer("$.orderId");
                },
                Bounds.DEFAULT.withMaxFaults(1).withSettleTimeout(settleTimeout),
                RESPONSE_SLOW);
    }

    @Test
    void findsATimeOutThatIsTakenForAFailure() {
        Explored explored = explore(ResponseSlowTests::impatient, Key.OF_ATTEMPT, Duration.ofSeconds(10));

        assertThat(explored.token()).isEqualTo("1:response_slow(payments<orders[k1]/stripe POST /charges)");
        assertThat(Story.of(explored.outcome()).text()).contains("""
                  1  orders-0@0 String(o-1)  → payments
                  2  ✗ RESPONSE_SLOW: the answer to stripe POST /charges comes after the time-out of its caller in String(o-1) to payments
                  3  … payments goes on                    threw HttpTimeoutException: request timed out
                  4  the clock moves by 1 min
                  5  orders-0@0 String(o-1)  → payments    stripe POST /charges; commit                       RETRY

                stripe did the same twice for o-1:
                """);
    }

    @Test
    void passesATimeOutAfterWhichItIsAskedAgain() {
        assertThat(explore(ResponseSlowTests::impatient, Key.OF_ORDER, Duration.ofSeconds(10))
                        .claim())
                .startsWith("holds under every schedule with ≤ 1 fault");
    }

    @Test
    void tellsAClientThatWaitsForEver() {
        Explored explored = explore(CLIENT, Key.OF_ORDER, Duration.ofMillis(300));

        assertThat(Explored.failed(explored.outcome()).cause())
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "RESPONSE_SLOW wants a client with a time-out, but 'payments' still waited for the answer to stripe POST /charges "
                                + "after settleTimeout = PT0.3S. Give its client a time-out, a short one for the test: it passes in real time.");
    }
}
