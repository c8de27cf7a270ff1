package io.github.atleastonce.http;

import static io.github.atleastonce.schedule.Fault.CONCURRENT;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.http.Payments.Key;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A charge without an idempotency key of its order is found; with one, every schedule passes. */
class ThirdPartyTests {

    @RegisterExtension
    static final Stripe STRIPE = new Stripe();

    private static final Payments.Client CLIENT = new JdkClient();

    private static void paysOnce(Scenario scenario, Key key) {
        ThirdParty stripe = ThirdParty.of(scenario, "stripe", STRIPE.server());
        Set<String> paid = Payments.pay(scenario, STRIPE.url(), CLIENT, key);
        assertThat(paid).containsExactly("o-1", "o-2");
        assertThat(stripe).happenedOncePer("$.orderId");
    }

    private static Explored explore(Key key, int maxFaults, Fault first, Fault... others) {
        return Explored.of(scenario -> paysOnce(scenario, key), Bounds.DEFAULT.withMaxFaults(maxFaults), first, others);
    }

    @Test
    void findsTheChargeWhoseAnswerIsLost() {
        Explored explored = explore(Key.OF_ATTEMPT, 1, RESPONSE_LOST);

        assertThat(explored.token()).isEqualTo("1:response_lost(payments<orders[k1]/stripe POST /charges)");
        assertThat(Story.of(explored.outcome()).text()).contains("""
                  1  orders-0@0 String(o-1)  → payments
                  2  ✗ RESPONSE_LOST: the answer to stripe POST /charges is lost in String(o-1) to payments
                  3  … payments goes on                    threw IOException: HTTP/1.1 header parser received no bytes
                  4  the clock moves by 1 min
                  5  orders-0@0 String(o-1)  → payments    stripe POST /charges; commit      RETRY
                  6  orders-0@1 String(o-2)  → payments    stripe POST /charges; commit

                stripe did the same twice for o-1:
                  POST /charges by payments, Idempotency-Key o-1/1
                  POST /charges by payments, Idempotency-Key o-1/2
                """);
    }

    @Test
    void findsTheChargeThatIsDoneBehindAnError() {
        Explored explored = explore(Key.OF_ATTEMPT, 1, RESPONSE_ERROR);

        assertThat(explored.token()).isEqualTo("1:response_error(payments<orders[k1]/stripe POST /charges,done)");
    }

    @Test
    void findsTheChargeAfterWhichTheProcessDies() {
        Explored explored = explore(Key.OF_ATTEMPT, 1, CRASH);

        assertThat(explored.token()).isEqualTo("1:crash(payments<orders[k1]/stripe POST /charges)");
    }

    @Test
    void findsTheChargeThatTwoConsumersMakeAtTheSameTime() {
        Explored explored = explore(Key.OF_ATTEMPT, 1, CONCURRENT);

        assertThat(explored.token()).isEqualTo("1:concurrent(payments<orders[k1]/stripe POST /charges)");
    }

    @Test
    void passesTheChargeWithAKeyOfItsOrder() {
        assertThat(explore(Key.OF_ORDER, 1, RESPONSE_LOST, RESPONSE_ERROR, CRASH, REDELIVERY, CONCURRENT)
                        .claim())
                .startsWith("holds under every schedule with ≤ 1 fault (");
        assertThat(explore(Key.OF_ORDER, 2, RESPONSE_LOST, RESPONSE_ERROR).claim())
                .startsWith("holds under every schedule with ≤ 2 faults (");
    }
}
