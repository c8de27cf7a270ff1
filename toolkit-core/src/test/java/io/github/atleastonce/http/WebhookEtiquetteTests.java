package io.github.atleastonce.http;

import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.report.Story;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an endpoint asks of its sender by its answer, and who listens: Standard Webhooks says so, Stripe and GitHub do not. */
class WebhookEtiquetteTests {

    private static final Sender STANDARD = Sender.standard("whsec_c2VjcmV0");
    private static final Sender STRIPE = Sender.stripe("whsec_test");
    private static final int GONE = 410;
    private static final int CONFLICT = 409;

    /** What comes too early is not taken, once. */
    private static Explored explore(Sender sender, int tooEarly, boolean byHand) {
        return Explored.of(
                scenario -> receives(scenario, sender, tooEarly, byHand),
                Bounds.DEFAULT.withMaxFaults(1),
                REORDER,
                REDELIVERY);
    }

    private static void receives(Scenario scenario, Sender sender, int tooEarly, boolean byHand) {
        Set<String> stored = new TreeSet<>();
        List<String> early = new ArrayList<>();
        Webhook hooks = Webhook.of(scenario, "hooks").signedBy(sender);
        scenario.service("receiver", life -> {
            hooks.deliverTo(life, delivery -> {
                if (delivery.id().equals("paid") && stored.isEmpty() && early.isEmpty()) {
                    early.add(delivery.id());
                    return tooEarly;
                }
                life.step("insert", () -> stored.add(delivery.id()));
                return 200;
            });
            return life;
        });
        hooks.send("placed", "{}");
        hooks.send("paid", "{}");
        scenario.settle();
        if (byHand) {
            hooks.redeliver();
            scenario.settle();
        }
        assertThat(stored).containsExactly("paid", "placed");
    }

    @Test
    void anEndpointThatSaysThatItIsGoneGetsNothingMore() {
        Explored explored = explore(STANDARD, GONE, false);

        assertThat(explored.token()).startsWith("1:reorder(");
        assertThat(Story.of(explored.outcome()).text())
                .contains("answered 410: hooks delivers nothing any more")
                .contains("its endpoint is gone: hooks does not deliver Webhook(placed)");
    }

    @Test
    void oneThatSaysThatItIsTooEarlyGetsItAgain() {
        assertThat(explore(STANDARD, CONFLICT, false).claim()).startsWith("holds under every schedule with ≤ 1 fault");
    }

    @Test
    void stripeTakesGoneForAnyOtherFailure() {
        assertThat(explore(STRIPE, GONE, false).claim()).startsWith("holds under every schedule with ≤ 1 fault");
    }

    @Test
    void somebodyEnablesTheEndpointAgain() {
        assertThat(explore(STANDARD, GONE, true).claim()).startsWith("holds under every schedule with ≤ 1 fault");
    }

    /** An account may be closed; the claim says what it is worth. */
    @Test
    void thatItIsGoneWithoutAnyFaultIsSaid() {
        Explored explored = Explored.of(
                scenario -> {
                    List<String> got = new ArrayList<>();
                    Webhook hooks = Webhook.of(scenario, "hooks").signedBy(STANDARD);
                    scenario.service("receiver", life -> {
                        hooks.deliverTo(life, delivery -> {
                            got.add(delivery.id());
                            return GONE;
                        });
                        return life;
                    });
                    hooks.send("e-1", "{}");
                    hooks.send("e-2", "{}");
                    scenario.settle();
                    assertThat(got).hasSize(1);
                },
                Bounds.DEFAULT.withMaxFaults(1),
                REORDER);

        assertThat(explored.claim()).contains("'receiver' answered 410, so that hooks delivered nothing any more");
    }

    /** A server asks once for two hours. */
    private static List<Duration> times(Sender sender) {
        List<Duration> times = Collections.synchronizedList(new ArrayList<>());
        Explored.of(
                scenario -> {
                    times.clear();
                    Webhook hooks = Webhook.of(scenario, "hooks").signedBy(sender);
                    Instant began = scenario.clock().instant();
                    scenario.service("receiver", life -> {
                        hooks.deliverTo(life, JdkServer.start(life::onDeath, (exchange, body) -> {
                            times.add(Duration.between(began, scenario.clock().instant()));
                            if (times.size() > 1) {
                                return 200;
                            }
                            exchange.getResponseHeaders().set("Retry-After", "7200");
                            return 503;
                        }));
                        return life;
                    });
                    hooks.send("e-1", "{}");
                    scenario.settle();
                },
                Bounds.DEFAULT.withMaxFaults(1),
                REORDER);
        return times;
    }

    @Test
    void whoIsAskedToWaitWaits() {
        assertThat(times(STANDARD)).startsWith(Duration.ZERO, Duration.ofHours(2));
        assertThat(times(STRIPE)).startsWith(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        Instant now = Instant.parse("2026-03-01T10:00:00Z");

        assertThat(new Reply(503, Optional.of(" 120 ")).wait(now)).isEqualTo(Duration.ofMinutes(2));
        assertThat(new Reply(503, Optional.of("Sun, 01 Mar 2026 11:00:00 GMT")).wait(now))
                .isEqualTo(Duration.ofHours(1));
        assertThat(new Reply(503, Optional.of("Sun, 01 Mar 2026 09:00:00 GMT")).wait(now))
                .isNegative();
        for (String nothing : List.of("soon", "", "-5", "12345678901234567890")) {
            assertThat(new Reply(503, Optional.of(nothing)).wait(now)).isZero();
        }
        assertThat(new Reply(503, Optional.empty()).wait(now)).isZero();
    }
}
