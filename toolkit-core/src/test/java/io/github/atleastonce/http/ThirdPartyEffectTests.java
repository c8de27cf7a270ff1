package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.atleastonce.http.Payments.Key;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner.Body;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a third party is taken to have done, what it answers, and what is asserted of it. */
class ThirdPartyEffectTests {

    @RegisterExtension
    static final Stripe STRIPE = new Stripe();

    private static final JdkClient CLIENT = new JdkClient();

    private static ThirdParty stripe(Scenario scenario) {
        return ThirdParty.of(scenario, "stripe", STRIPE.server());
    }

    private static Explored explore(Body body, Fault first, Fault... others) {
        return Explored.of(body, Bounds.DEFAULT.withMaxFaults(1), first, others);
    }

    private static String failure(Explored explored) {
        return String.valueOf(Explored.failed(explored.outcome()).cause().getMessage());
    }

    /** A service that does something for each order. */
    private static void serve(Scenario scenario, Order service, String... orders) {
        scenario.service("payments", life -> {
            life.subscribe("orders", String.class, order -> service.on(life, order));
            return life;
        });
        for (String order : orders) {
            scenario.channel("orders").send(order, order);
        }
        scenario.settle();
    }

    private interface Order {

        void on(Life life, String order) throws Exception;
    }

    private static String send(String method, String path, String key, String body) throws Exception {
        var response = CLIENT.send(HttpRequest.newBuilder(URI.create(STRIPE.url() + path))
                .header("Idempotency-Key", key)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
        if (response.statusCode() >= 500) {
            throw new IOException("answered " + response.statusCode());
        }
        return response.statusCode() + " " + response.body();
    }

    @Test
    void answersTheSameKeyAsTheFirstTime() {
        STRIPE.server()
                .stubFor(post("/charges")
                        .inScenario("charges")
                        .whenScenarioStateIs(STARTED)
                        .willReturn(okJson("first"))
                        .willSetStateTo("charged"));
        STRIPE.server()
                .stubFor(post("/charges")
                        .inScenario("charges")
                        .whenScenarioStateIs("charged")
                        .willReturn(okJson("second")));
        Body body = scenario -> {
            STRIPE.server().resetScenarios();
            stripe(scenario);
            Set<String> answers = new TreeSet<>();
            serve(
                    scenario,
                    (life, order) -> {
                        answers.add(send("POST", "/charges", "a", Payments.charge("o-1")));
                        answers.add(send("POST", "/charges", "a", Payments.charge("o-1")));
                        answers.add(send("POST", "/charges", "b", Payments.charge("o-2")) + " of b");
                    },
                    "o-1");
            assertThat(answers).containsExactly("200 first", "200 second of b");
        };

        assertThat(explore(body, RESPONSE_LOST, RESPONSE_ERROR, CRASH).claim())
                .startsWith("holds under every schedule with ≤ 1 fault");
    }

    @Test
    void refusesAKeyThatWasUsedForSomethingElse() {
        Body body = scenario -> {
            stripe(scenario);
            Set<String> answers = new TreeSet<>();
            serve(
                    scenario,
                    (life, order) -> {
                        answers.add(send("POST", "/charges", "a", "{\"orderId\":\"o-1\",\"amount\":30}"));
                        answers.add(send("POST", "/charges", "a", "{\"amount\":30, \"orderId\":\"o-1\"}"));
                        answers.add(send("POST", "/charges", "a", "{\"orderId\":\"o-1\",\"amount\":31}")
                                .substring(0, 30));
                    },
                    "o-1");
            assertThat(answers)
                    .containsExactly(
                            "200 {\"id\":\"ch_1\"}", "400 {\"error\":{\"type\":\"idempotency_error\"".substring(0, 30));
        };

        assertThat(explore(body, CRASH).claim()).startsWith("holds under every schedule with ≤ 1 fault");
    }

    @Test
    void forgetsAKeyAfterADay() {
        Body body = scenario -> {
            ThirdParty stripe = stripe(scenario);
            scenario.service("payments", life -> {
                life.subscribe(
                        "orders",
                        String.class,
                        order -> life.step("charged", () -> send("POST", "/charges", "a", Payments.charge("o-1"))));
                return life;
            });
            scenario.channel("orders").send("o-1", "o-1");
            scenario.settle();
            scenario.elapse(Duration.ofHours(25));
            scenario.channel("orders").send("o-1", "o-1");
            assertThat(stripe).happenedOncePer("$.orderId");
        };

        assertThat(failure(explore(body, CRASH))).startsWith("stripe did the same twice for o-1:");
    }

    @Test
    void takesARepeatedDeleteForOneEffectAndAFailedCallForNone() {
        STRIPE.server().stubFor(delete(urlPathMatching("/charges/[^/]+")).willReturn(status(204)));
        STRIPE.server().stubFor(post("/declined").willReturn(status(402)));
        Body body = scenario -> {
            ThirdParty stripe = stripe(scenario);
            serve(
                    scenario,
                    (life, order) -> {
                        String json = Payments.charge(order);
                        CLIENT.send(HttpRequest.newBuilder(URI.create(STRIPE.url() + "/charges/" + order))
                                .method("DELETE", HttpRequest.BodyPublishers.ofString(json)));
                        send("POST", "/declined", order, json);
                        life.step("commit");
                    },
                    "o-1");
            assertThat(stripe).happenedOncePer("$.orderId");
        };

        Explored explored = explore(body, RESPONSE_LOST, CRASH, REDELIVERY);
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 1 fault");
        assertThat(explored.tokens())
                .contains("1:response_lost(payments<orders[k1]/stripe DELETE /charges/[^/]%2B)")
                .doesNotContain("1:response_lost(payments<orders[k1]/stripe POST /declined,undone)");
    }

    @Test
    void offersLessWhereNothingIsChanged() {
        STRIPE.server().stubFor(get(urlPathMatching("/charges/.*")).willReturn(okJson("{}")));
        Body body = scenario -> {
            stripe(scenario);
            serve(
                    scenario,
                    (life, order) -> {
                        if (CLIENT.send(HttpRequest.newBuilder(URI.create(STRIPE.url() + "/charges/17?expand=all")))
                                        .statusCode()
                                >= 500) {
                            throw new IOException("try again");
                        }
                    },
                    "o-1");
        };

        Explored explored = explore(body, RESPONSE_LOST, RESPONSE_ERROR);

        assertThat(explored.tokens())
                .as("%s", explored.outcome())
                .containsExactly(
                        "1:",
                        "1:response_lost(payments<orders[k1]/stripe GET /charges/.*)",
                        "1:response_error(payments<orders[k1]/stripe GET /charges/.*)");
    }

    @Test
    void findsAChargeThatIsForgotten() {
        Body body = scenario -> {
            ThirdParty stripe = stripe(scenario);
            Set<String> paid = new HashSet<>();
            serve(
                    scenario,
                    (life, order) -> {
                        if (paid.add(order)) {
                            life.step("commit");
                            send("POST", "/charges", order, Payments.charge(order));
                        }
                    },
                    "o-1");
            assertThat(stripe).happenedOncePer("$.orderId");
        };

        assertThat(failure(explore(body, CRASH)))
                .isEqualTo("stripe was never made to do what it does without faults: nothing for [o-1].");
        assertThat(explore(
                                scenario -> {
                                    ThirdParty stripe = stripe(scenario);
                                    Payments.pay(scenario, STRIPE.url(), CLIENT, Key.OF_ORDER);
                                    assertThat(stripe).happenedAtMostOncePer("$.orderId");
                                },
                                RESPONSE_LOST)
                        .claim())
                .startsWith("holds");
    }

    /** Each is compared with itself without faults. */
    @Test
    void comparesByMoreThanOneKey() {
        Body body = scenario -> {
            ThirdParty stripe = stripe(scenario);
            Payments.pay(scenario, STRIPE.url(), CLIENT, Key.OF_ORDER);
            assertThat(stripe)
                    .happenedOncePer("$.orderId")
                    .happenedOncePer(request -> request.getHeader("Idempotency-Key") + "!");
            assertThat(stripe).happenedOncePer("$.orderId");
        };

        assertThat(explore(body, RESPONSE_LOST).claim()).startsWith("holds");
    }

    @Test
    void findsASecondIdempotencyKey() {
        BiConsumer<Scenario, Key> body = (scenario, key) -> {
            ThirdParty stripe = stripe(scenario);
            Payments.pay(scenario, STRIPE.url(), CLIENT, key);
            assertThat(stripe).usedOneIdempotencyKeyPer("$.orderId");
        };

        Explored explored = explore(scenario -> body.accept(scenario, Key.OF_ATTEMPT), RESPONSE_ERROR);
        assertThat(explored.token()).isEqualTo("1:response_error(payments<orders[k1]/stripe POST /charges)");
        assertThat(failure(explored))
                .startsWith("stripe was called for o-1 with several idempotency keys (Idempotency-Key)");
        assertThat(explore(scenario -> body.accept(scenario, Key.OF_ORDER), RESPONSE_ERROR, RESPONSE_LOST)
                        .claim())
                .startsWith("holds");
    }

    private record Cancelled(String order) {}

    /** A cancellation may overtake its order; what was cancelled is not charged. */
    private static void cancels(Scenario scenario, boolean looking) {
        ThirdParty stripe = stripe(scenario);
        Set<String> cancelled = new HashSet<>();
        scenario.service("payments", life -> {
            life.subscribe("orders", String.class, order -> {
                if (!looking || !cancelled.contains(order)) {
                    send("POST", "/charges", order, Payments.charge(order));
                }
            });
            life.subscribe(
                    "cancellations", Cancelled.class, event -> life.step("commit", () -> cancelled.add(event.order())));
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.channel("cancellations").send("o-1", new Cancelled("o-1"));
        assertThat(stripe).neverHappenedAfter(Cancelled.class, Cancelled::order, "$.orderId");
    }

    @Test
    void findsWhatHappensAfterACancellation() {
        Explored explored = explore(scenario -> cancels(scenario, false), REORDER);

        assertThat(failure(explored))
                .isEqualTo("stripe was made to do POST /charges for o-1 although 'payments' had handled Cancelled.");
        assertThat(explore(scenario -> cancels(scenario, true), REORDER, CRASH, REDELIVERY)
                        .claim())
                .startsWith("holds");
    }

    @Test
    void refusesADeadLifeThatTriesAgain() {
        Body body = scenario -> {
            ThirdParty stripe = stripe(scenario);
            Set<String> paid = new HashSet<>();
            serve(
                    scenario,
                    (life, order) -> {
                        for (int i = 0; i < 3 && !paid.contains(order); i++) {
                            try {
                                send("POST", "/charges", order + i, Payments.charge(order));
                                life.step("commit", () -> paid.add(order));
                            } catch (IOException again) {
                                // Tries again at once, under another key.
                            }
                        }
                    },
                    "o-1");
            assertThat(stripe.calls()).as("calls").hasSizeLessThanOrEqualTo(2);
        };

        assertThat(explore(body, CRASH).claim()).startsWith("holds");
    }

    /** Without an answer this client posts again, which nobody has told it to. */
    @Test
    void tellsWhatAClientRepeatsByItself() {
        Body body = scenario -> {
            ThirdParty stripe = stripe(scenario);
            Set<String> paid = new HashSet<>();
            serve(
                    scenario,
                    (life, order) -> {
                        if (!paid.contains(order)) {
                            HttpURLConnection connection = (HttpURLConnection) URI.create(STRIPE.url() + "/charges")
                                    .toURL()
                                    .openConnection();
                            connection.setDoOutput(true);
                            connection
                                    .getOutputStream()
                                    .write(Payments.charge(order).getBytes(UTF_8));
                            assertThat(connection.getResponseCode()).isEqualTo(200);
                            life.step("commit", () -> paid.add(order));
                        }
                    },
                    "o-1");
            assertThat(stripe).happenedOncePer("$.orderId");
        };

        Explored explored = explore(body, RESPONSE_LOST);
        assertThat(explored.token()).isEqualTo("1:response_lost(payments<orders[k1]/stripe POST /charges)");
        assertThat(Story.of(explored.outcome()).text()).contains("""
                  1  orders-0@0 String(o-1)  → payments
                  2  ✗ RESPONSE_LOST: the answer to stripe POST /charges is lost in String(o-1) to payments
                  3  … payments goes on                    stripe POST /charges; commit
                """);
    }

    @Test
    void leavesCallsOfTheTestAlone() throws Exception {
        Body body = scenario -> {
            ThirdParty stripe = stripe(scenario);
            Payments.pay(scenario, STRIPE.url(), CLIENT, Key.OF_ORDER);
            assertThat(send("POST", "/charges", "o-1/test", Payments.charge("o-1")))
                    .startsWith("200");
            assertThat(stripe).happenedOncePer("$.orderId");
        };

        assertThat(explore(body, RESPONSE_LOST).claim()).startsWith("holds");
        assertThat(STRIPE.server().getStubMappings()).as("stubs that are left").hasSize(1);
    }

    @Test
    void saysThatWireMockWasReset() {
        Body body = scenario -> {
            ThirdParty stripe = stripe(scenario);
            STRIPE.server().resetAll();
            STRIPE.server().stubFor(post("/charges").willReturn(WireMock.ok()));
            Payments.pay(scenario, STRIPE.url(), CLIENT, Key.OF_ORDER);
            assertThat(stripe).happenedOncePer("$.orderId");
        };

        assertThat(Explored.failed(explore(body, CRASH).outcome()).cause())
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "WireMock was reset after ThirdParty.of(…, \"stripe\", …), so its calls were not seen: reset it before, or not at "
                                + "all in the body of the test.");
    }

    @Test
    void saysThatNothingWasCalled() {
        Body wrongKey = scenario -> {
            ThirdParty stripe = stripe(scenario);
            Payments.pay(scenario, STRIPE.url(), CLIENT, Key.OF_ORDER);
            assertThat(stripe).happenedOncePer("$.order");
        };
        Body nobody = scenario -> {
            ThirdParty stripe = stripe(scenario);
            serve(scenario, (life, order) -> life.step("commit"), "o-1");
            assertThat(stripe).happenedOncePer("$.orderId");
        };

        assertThat(List.of(failure(explore(wrongKey, CRASH)), failure(explore(nobody, CRASH))))
                .containsExactly(
                        "No call of 'stripe' has a business key, although no fault has happened: is it in the body of POST /charges?",
                        "No call of 'stripe' has a business key, although no fault has happened: it was not called at all. Does a service use "
                                + "the address of this WireMock, and does a stub match?");
    }
}
