package io.github.atleastonce.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Consumers of an application, on threads of its own, take part in runs. */
@Timeout(60)
class QueueListenerTests {

    private static final String QUEUE = TransportContract.ORDERS;

    private final ListeningThreads threads = new ListeningThreads();
    private final AtomicInteger count = new AtomicInteger();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        threads.close();
    }

    private Outcome explore(MemoryQueues server, ListeningThreads.Handling handling, Fault first, Fault... others) {
        return ScenarioRunner.of(first, others)
                .on(new Queues("in queues", server))
                .explore(scenario -> {
                    start(scenario, server, handling);
                    scenario.channel(QUEUE).send("k-1", "one");
                    scenario.channel(QUEUE).send("k-2", "two");
                    scenario.settle();
                    assertThat(done).containsExactlyInAnyOrder("one", "two");
                });
    }

    private void start(Scenario scenario, MemoryQueues server, ListeningThreads.Handling handling) {
        done.clear();
        Run run = ScenarioRun.of(scenario);
        run.host("app", life -> life);
        threads.listen(run, server, QUEUE, handling);
    }

    private void remember(QueueServer.InHand hand) {
        String body = hand.envelope().body();
        if (!done.contains(body)) {
            done.add(body);
        }
    }

    @Test
    void onesThatRememberPass() {
        Outcome outcome = explore(
                new MemoryQueues(),
                (received, hands) -> {
                    remember(hands.get(0));
                    received.acknowledge();
                },
                Fault.DUPLICATE,
                Fault.REDELIVERY,
                Fault.CRASH);

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void onesThatForgetAreFoundWhenAnAcknowledgementIsLost() {
        Outcome outcome = explore(
                new MemoryQueues(),
                (received, hands) -> {
                    done.add(hands.get(0).envelope().body());
                    received.acknowledge();
                },
                Fault.REDELIVERY);

        assertThat(tokenOf(outcome)).isEqualTo("1:redelivery(app<contract-orders[k1])");
    }

    @Test
    void onesWhoseServerWaitsForNoAcknowledgementLoseNone() {
        Outcome outcome = explore(
                new MemoryQueues(),
                (received, hands) -> {
                    received.acknowledgeAtDelivery();
                    done.add(hands.get(0).envelope().body());
                },
                Fault.REDELIVERY);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .hasMessageContaining("none of [REDELIVERY] had a place to happen"));
    }

    @Test
    void onesWhoseServerWaitsForNoAcknowledgementAreFoundWhenTheyDie() {
        Outcome outcome = explore(
                new MemoryQueues(),
                (received, hands) -> {
                    received.acknowledgeAtDelivery();
                    remember(hands.get(0));
                },
                Fault.CRASH);

        assertThat(tokenOf(outcome)).isEqualTo("1:crash(app<contract-orders[k1]/acknowledge)");
    }

    @Test
    void onesThatAcknowledgeFirstAreFoundWhenTheyDie() {
        Outcome outcome = explore(
                new MemoryQueues(),
                (received, hands) -> {
                    received.acknowledge();
                    remember(hands.get(0));
                },
                Fault.CRASH);

        assertThat(tokenOf(outcome)).isEqualTo("1:crash(app<contract-orders[k1]/acknowledge)");
    }

    private static String tokenOf(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).token().toString();
    }

    @Test
    void onesThatNeverSucceedFailTheRunWhereNothingIsPutAside() {
        Outcome outcome = explore(
                new UnlimitedQueues(),
                (received, hands) -> {
                    throw new IllegalArgumentException("no such product");
                },
                Fault.CRASH);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(ServiceFailedException.class)
                                .hasMessageContaining("The consumer 'app' threw 3 times (maxAttempts)")
                                .hasRootCauseMessage("no such product"));
    }

    @Test
    void whatTheServerOrAConsumerPutsAsideIsHandledThere() {
        MemoryQueues server = new MemoryQueues();
        Outcome outcome = ScenarioRunner.of(Fault.CRASH, Fault.REDELIVERY)
                .on(new Queues("in queues", server))
                .explore(scenario -> {
                    List<String> aside = new ArrayList<>();
                    scenario.consumer("operator", TransportContract.DEAD, String.class, text -> {
                        if (!aside.contains(text)) {
                            aside.add(text);
                        }
                    });
                    start(scenario, server, (received, hands) -> {
                        IllegalArgumentException why = new IllegalArgumentException("no such product");
                        if ("one".equals(hands.get(0).envelope().body())) {
                            throw why;
                        }
                        received.putAside(why);
                    });
                    scenario.channel(QUEUE).send("k-1", "one");
                    scenario.channel(QUEUE).send("k-2", "two");
                    scenario.settle();
                    assertThat(aside).containsExactlyInAnyOrder("one", "two");
                });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    private Outcome exploreTwoServers(ListeningThreads.Handling first, ListeningThreads.Handling second) {
        MemoryQueues orders = new MemoryQueues();
        MemoryQueues invoices = new MemoryQueues("invoices");
        return ScenarioRunner.of(Fault.CRASH)
                .on(new Queues("in queues", orders))
                .and(new Queues("in other queues", invoices))
                .explore(scenario -> {
                    start(scenario, orders, first);
                    threads.listen(ScenarioRun.of(scenario), invoices, "invoices", second);
                    scenario.channel(QUEUE).send("k-1", "one");
                    scenario.channel("invoices").send("k-1", "two");
                    scenario.settle();
                    assertThat(done).containsExactlyInAnyOrder("one", "two");
                });
    }

    private void handleFirst(Received received, List<QueueServer.InHand> hands) {
        remember(hands.get(0));
        received.acknowledge();
    }

    private void acknowledgeFirst(Received received, List<QueueServer.InHand> hands) {
        received.acknowledge();
        remember(hands.get(0));
    }

    @Test
    void onesOfSeveralServersTakePartInOneRun() {
        assertThat(exploreTwoServers(this::handleFirst, this::handleFirst)).isInstanceOf(Outcome.Passed.class);

        assertThat(tokenOf(exploreTwoServers(this::acknowledgeFirst, this::handleFirst)))
                .isEqualTo("1:crash(app<contract-orders[k1]/acknowledge)");
        assertThat(tokenOf(exploreTwoServers(this::handleFirst, this::acknowledgeFirst)))
                .isEqualTo("1:crash(app<invoices[k1]/acknowledge)");
    }

    @Test
    void oneThatHasNotJoinedPassesByThoughAnotherHasItsName() {
        MemoryQueues server = new MemoryQueues();
        ScenarioRunner.of(Fault.CRASH).on(new Queues("in queues", server)).explore(scenario -> {
            Run run = ScenarioRun.of(scenario);
            run.host("app", life -> life);
            new QueueListener("app", QUEUE).join(run);

            QueueListener other = new QueueListener("app", "elsewhere");
            other.join(run);

            server.put("tasks", new Envelope(Map.of(), "two"));
            QueueServer.InHand hand = server.take("tasks").orElseThrow();
            Received received = other.receive(run, hand).orElseThrow();
            received.begin();
            received.acknowledge();
            assertThat(server.size("tasks")).isZero();
            assertThat(run.history().of(Event.Delivered.class)).isEmpty();
            done.add("passed by");
        });

        assertThat(done).isNotEmpty();
    }

    private Outcome exploreTwoQueues(ListeningThreads.Handling handling) {
        MemoryQueues server = new MemoryQueues();
        return ScenarioRunner.of(Fault.CONCURRENT)
                .on(new Queues("in queues", server))
                .explore(scenario -> {
                    count.set(0);
                    start(scenario, server, handling);
                    threads.listen(ScenarioRun.of(scenario), server, "tasks", handling);
                    scenario.channel(QUEUE).send("k-1", "one");
                    scenario.channel("tasks").send("k-1", "two");
                    scenario.settle();
                    assertThat(count).hasValue(2);
                });
    }

    @Test
    void onesOfTwoQueuesAreAtWorkBesideEachOther() {
        Outcome lost = exploreTwoQueues((received, hands) -> {
            int before = count.get();
            received.acknowledge();
            count.set(before + 1);
        });
        Outcome kept = exploreTwoQueues((received, hands) -> {
            count.incrementAndGet();
            received.acknowledge();
        });

        assertThat(tokenOf(lost)).startsWith("1:concurrent(");
        assertThat(kept).isInstanceOf(Outcome.Passed.class);
    }
}
