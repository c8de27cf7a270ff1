package io.github.atleastonce.http;

import static io.github.atleastonce.schedule.Fault.CONCURRENT;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.FORGED;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static io.github.atleastonce.schedule.Fault.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.report.Story;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner.Body;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Receivers of webhooks behind a server of the JDK, each with a bug, and without it. */
class WebhookTests {

    private static Explored explore(Body body, int maxFaults, Fault first, Fault... others) {
        return Explored.of(body, Bounds.DEFAULT.withMaxFaults(maxFaults), first, others);
    }

    /** W1: what was answered is kept in memory until a worker stores it. */
    private static void stores(Scenario scenario, boolean beforeTheAnswer) {
        Set<String> stored = new TreeSet<>();
        Webhook hooks = Webhook.of(scenario, "hooks");
        scenario.service("receiver", life -> {
            List<String> waiting = new ArrayList<>();
            hooks.deliverTo(life, JdkServer.start(life::onDeath, (exchange, body) -> {
                if (beforeTheAnswer) {
                    life.step("insert", () -> stored.add(body));
                } else {
                    waiting.add(body);
                }
                return 200;
            }));
            life.poll("worker", () -> {
                boolean found = !waiting.isEmpty();
                while (!waiting.isEmpty()) {
                    String event = waiting.remove(0);
                    life.step("insert", () -> stored.add(event));
                }
                return found;
            });
            return life;
        });
        hooks.send("e-1", "{\"id\":1}");
        hooks.send("e-2", "{\"id\":2}");
        scenario.settle();
        assertThat(stored).containsExactly("{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void findsTheAnswerBeforeTheEventIsStored() {
        Explored explored = explore(scenario -> stores(scenario, false), 1, CRASH);

        assertThat(explored.token()).isEqualTo("1:crash(receiver.worker/insert)");
        assertThat(explore(scenario -> stores(scenario, true), 2, CRASH, REDELIVERY, DUPLICATE)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults");
    }

    /** W2: what comes again is credited again. */
    private static void credits(Scenario scenario, boolean once) {
        Set<String> seen = new TreeSet<>();
        int[] credit = {0};
        Webhook hooks = Webhook.of(scenario, "hooks").signedBy(Sender.standard("whsec_c2VjcmV0"));
        scenario.service("receiver", life -> {
            hooks.deliverTo(life, JdkServer.start(life::onDeath, (exchange, body) -> {
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                life.step("commit", () -> {
                    if (seen.add(id) || !once) {
                        credit[0] += 30;
                    }
                });
                return 204;
            }));
            return life;
        });
        hooks.send("e-1", "{\"credit\":30}");
        scenario.settle();
        assertThat(credit[0]).isEqualTo(30);
    }

    @Test
    void findsTheSecondCredit() {
        Explored explored = explore(scenario -> credits(scenario, false), 1, REDELIVERY);

        assertThat(explored.token()).isEqualTo("1:redelivery(receiver<hooks[k1])");
        assertThat(Story.of(explored.outcome()).text()).contains("""
                  1  hooks-0@0 Webhook(e-1)  → receiver    commit
                  2  ✗ REDELIVERY: Webhook(e-1) to receiver redelivered
                  3  hooks-0@0 Webhook(e-1)  → receiver    commit      REDELIVERY
                """);
        assertThat(explore(scenario -> credits(scenario, true), 2, CRASH, REDELIVERY, DUPLICATE)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults");
    }

    /** W3: what comes too late is taken all the same, or what comes too early passed over. */
    private static void follows(Scenario scenario, boolean versions) {
        Map<String, String> states = new TreeMap<>();
        Webhook hooks = Webhook.of(scenario, "hooks");
        scenario.service("receiver", life -> {
            hooks.deliverTo(life, JdkServer.start(life::onDeath, (exchange, body) -> {
                String present = states.getOrDefault("c-1", "");
                life.step("commit", () -> {
                    if (!versions || present.compareTo(body) < 0) {
                        states.put("c-1", body);
                    }
                });
                return 200;
            }));
            return life;
        });
        hooks.send("e-1", "1 created");
        hooks.send("e-2", "2 active");
        scenario.settle();
        assertThat(states).containsEntry("c-1", "2 active");
    }

    @Test
    void findsEventsThatComeInAnotherOrder() {
        Explored explored = explore(scenario -> follows(scenario, false), 1, REORDER);

        assertThat(explored.token()).isEqualTo("1:reorder(receiver<hooks[k1],receiver<hooks[k2])");
        assertThat(explore(scenario -> follows(scenario, true), 2, REORDER, REDELIVERY, DUPLICATE)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults");
    }

    /** What comes before what it belongs to is answered 409, so that the sender brings it again, or passed over. */
    private static void waitsForTheFirst(Scenario scenario, boolean asksAgain) {
        Set<String> stored = new TreeSet<>();
        Webhook hooks = Webhook.of(scenario, "hooks").signedBy(Sender.stripe("whsec_test"));
        scenario.service("receiver", life -> {
            hooks.deliverTo(life, JdkServer.start(life::onDeath, (exchange, body) -> {
                if (body.equals("paid") && !stored.contains("created")) {
                    return asksAgain ? 409 : 200;
                }
                life.step("insert", () -> stored.add(body));
                return 200;
            }));
            return life;
        });
        hooks.send("e-1", "created");
        hooks.send("e-2", "paid");
        scenario.settle();
        assertThat(stored).containsExactly("created", "paid");
    }

    @Test
    void whoAsksForWhatCameTooEarlyAgainIsRight() {
        assertThat(explore(scenario -> waitsForTheFirst(scenario, false), 1, REORDER)
                        .token())
                .isEqualTo("1:reorder(receiver<hooks[k1],receiver<hooks[k2])");
        assertThat(explore(scenario -> waitsForTheFirst(scenario, true), 2, REORDER, REDELIVERY, CRASH)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults");
    }

    /** Takes what is signed as GitHub signs it, or whatever comes. */
    private static void verifies(Scenario scenario, boolean verifying) {
        Set<String> stored = new TreeSet<>();
        Webhook hooks = Webhook.of(scenario, "hooks").signedBy(Sender.github("secret", "push"));
        scenario.service("receiver", life -> {
            hooks.deliverTo(life, JdkServer.start(life::onDeath, (exchange, body) -> {
                String signature = exchange.getRequestHeaders().getFirst("X-Hub-Signature-256");
                if (verifying
                        && !signature.equals("sha256=" + Signature.of("secret").hex(body))) {
                    return 401;
                }
                life.step("insert", () -> stored.add(body));
                return 200;
            }));
            return life;
        });
        hooks.send("e-1", "{}");
        scenario.settle();
        assertThat(stored).containsExactly("{}");
    }

    @Test
    void findsAReceiverThatBelievesWhatIsForged() {
        Explored explored = explore(scenario -> verifies(scenario, false), 1, FORGED);

        assertThat(explored.token()).isEqualTo("1:forged(receiver<hooks[k1])");
        assertThat(Story.of(explored.outcome()).text())
                .contains("A FORGED delivery of e-1 from 'hooks' was answered 200, as if it were to be believed.");
        assertThat(explore(scenario -> verifies(scenario, true), 2, FORGED, CRASH)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults");
    }

    /** Looks whether it knows an event, and remembers it later. */
    private static void looksFirst(Scenario scenario, boolean again) {
        Set<String> seen = new TreeSet<>();
        int[] credit = {0};
        Webhook hooks = Webhook.of(scenario, "hooks");
        scenario.service("receiver", life -> {
            hooks.deliverTo(life, JdkServer.start(life::onDeath, (exchange, body) -> {
                boolean known = seen.contains(body);
                life.step("select");
                if (!known && (!again || seen.add(body))) {
                    seen.add(body);
                    credit[0] += 30;
                }
                return 200;
            }));
            return life;
        });
        hooks.send("e-1", "{}");
        scenario.settle();
        assertThat(credit[0]).isEqualTo(30);
    }

    @Test
    void findsTwoDeliveriesAtTheSameTime() {
        assertThat(explore(scenario -> looksFirst(scenario, false), 1, CONCURRENT)
                        .token())
                .isEqualTo("1:concurrent(receiver<hooks[k1]/select)");
        assertThat(explore(scenario -> looksFirst(scenario, true), 1, CONCURRENT, CRASH)
                        .claim())
                .startsWith("holds under every schedule with ≤ 1 fault");
    }

    @Test
    void wantsSomebodyToDeliverToAndSomethingToDeliver() {
        Body toNobody = scenario -> Webhook.of(scenario, "hooks").deliverTo(URI.create("http://localhost:1/webhooks"));
        Body noText = scenario -> Webhook.of(scenario, "hooks").send("e-1", 17);
        Body twice = scenario -> {
            Webhook.of(scenario, "hooks");
            Webhook.of(scenario, "hooks");
        };

        assertThat(Stream.of(toNobody, noText, twice)
                        .map(body -> Explored.failed(explore(body, 1, CRASH).outcome())
                                .cause()
                                .getMessage()))
                .containsExactly(
                        "'hooks'.deliverTo(endpoint) wants an application that a framework of the test has started; a service of the scenario "
                                + "says deliverTo(life, endpoint) in its boot.",
                        "A webhook wants the id of its event and a text as its body: send(\"evt_1\", \"{…}\").",
                        "There is a sender of webhooks 'hooks' already: give each its own name.");
    }

    @Test
    void hasNothingStaleWhereNothingIsDated() {
        Explored explored = explore(scenario -> verifies(scenario, true), 1, STALE, REDELIVERY);

        assertThat(explored.tokens()).containsExactly("1:", "1:redelivery(receiver<hooks[k1])");
    }
}
