package io.github.atleastonce.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.task.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What consumers of an application do with what they have in hand: give it back as they please, keep it, or take several messages together. */
@Timeout(60)
class InHandTests {

    private static final String QUEUE = TransportContract.ORDERS;

    private final ListeningThreads threads = new ListeningThreads();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final List<Action> later = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        threads.close();
    }

    /** A process with a thread that reads, and a poller that does what is to be done later, if it is. */
    private Outcome explore(MemoryQueues server, boolean polls, Listening listening, Fault first, Fault... others) {
        return ScenarioRunner.of(first, others)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .on(new Queues("in queues", server))
                .explore(scenario -> {
                    done.clear();
                    later.clear();
                    Run run = ScenarioRun.of(scenario);
                    run.host("app", life -> {
                        life.onDeath(later::clear);
                        life.poll("later", () -> {
                            boolean found = polls && !later.isEmpty();
                            if (found) {
                                perform(later.remove(0));
                            }
                            return found;
                        });
                        return life;
                    });
                    listening.begin(run);
                    scenario.channel(QUEUE).send("k-1", "one");
                    scenario.channel(QUEUE).send("k-2", "two");
                    scenario.settle();
                    if (polls) {
                        assertThat(done).containsExactlyInAnyOrder("one", "two");
                    }
                    most = Math.max(most, handledInARow(run));
                });
    }

    @FunctionalInterface
    private interface Listening {

        void begin(Run run);
    }

    private int most;

    private static void perform(Action action) {
        try {
            action.run();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Counts how many were delivered before the first of them was handled. */
    private static int handledInARow(Run run) {
        return (int) run.history().events().stream()
                .filter(event -> event instanceof Event.Delivered || event instanceof Event.Handled)
                .takeWhile(Event.Delivered.class::isInstance)
                .count();
    }

    private void remember(QueueServer.InHand hand) {
        String body = hand.envelope().body();
        if (!done.contains(body)) {
            done.add(body);
        }
    }

    @Test
    void whatIsGivenBackByHandComesAgain() {
        MemoryQueues server = new UnlimitedQueues();
        List<String> early = new ArrayList<>();
        Outcome outcome = explore(
                server,
                true,
                run -> threads.listen(run, server, QUEUE, (received, hands) -> {
                    if (early.isEmpty()) {
                        early.add(hands.get(0).identity());
                        received.handBack(new IllegalStateException("not yet"));
                        return;
                    }
                    early.clear();
                    remember(hands.get(0));
                    received.acknowledge();
                }),
                Fault.CRASH,
                Fault.REDELIVERY);

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    private Outcome keeping(boolean acknowledged) {
        MemoryQueues server = new UnlimitedQueues();
        return explore(
                server,
                acknowledged,
                run -> threads.listen(run, server, QUEUE, (received, hands) -> {
                    received.keep(null);
                    later.add(() -> {
                        remember(hands.get(0));
                        received.acknowledgeAtDelivery();
                    });
                }),
                Fault.CRASH);
    }

    @Test
    void whatIsKeptForEverIsTold() {
        assertThat(keeping(false))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .hasMessageContaining(
                                        "String(k-1) in the hands of app, which has neither acknowledged nor rejected it"));
    }

    /** If the process dies meanwhile, the next life gets it again. */
    @Test
    void whatIsKeptMayBeAcknowledgedLater() {
        assertThat(keeping(true)).isInstanceOf(Outcome.Passed.class);
    }

    private Outcome together(boolean onlyTheFirst) {
        MemoryQueues server = new UnlimitedQueues();
        return explore(
                server,
                true,
                run -> threads.listenForTwo(run, server, QUEUE, (received, hands) -> {
                    hands.stream().limit(onlyTheFirst ? 1 : 2).forEach(this::remember);
                    received.acknowledge();
                }),
                Fault.CRASH,
                Fault.REDELIVERY);
    }

    @Test
    void whatIsInHandTogetherIsAcknowledgedTogether() {
        assertThat(together(true)).isInstanceOf(Outcome.Failed.class);
        assertThat(together(false)).isInstanceOf(Outcome.Passed.class);
        assertThat(most).isEqualTo(2);
    }
}
