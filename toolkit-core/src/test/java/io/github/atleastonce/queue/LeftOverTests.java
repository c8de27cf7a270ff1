package io.github.atleastonce.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run has left behind is handled by nobody: neither between the runs nor in the next, by consumers that outlive them. */
@Timeout(60)
class LeftOverTests {

    private static final String QUEUE = TransportContract.ORDERS;
    private static final long MILLISECOND = 1_000_000;

    private final MemoryQueues server = new UnlimitedQueues();
    private final QueueListener listener = new QueueListener("app", QUEUE);
    private final AtomicReference<Optional<Run>> present = new AtomicReference<>(Optional.empty());
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private final List<String> others = new ArrayList<>();
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private volatile boolean ends;
    private volatile boolean isSlow;

    @AfterEach
    void end() {
        ends = true;
        threads.shutdownNow();
    }

    /** A consumer that reads as long as its application is there, in runs and between them, one or two messages at a time. */
    private void listen(int most) {
        threads.execute(() -> {
            while (!ends) {
                server.take(QUEUE).flatMap(this::receive).ifPresent(received -> handle(received, most));
                LockSupport.parkNanos(MILLISECOND);
            }
        });
    }

    /** A message in hand, with what it says. */
    private record InHand(Received received, List<String> bodies) {}

    private Optional<InHand> receive(QueueServer.InHand hand) {
        Optional<Received> received =
                present.get().map(run -> listener.receive(run, hand)).orElseGet(() -> listener.receive(hand));
        return received.map(it -> new InHand(it, new ArrayList<>(List.of(body(hand)))));
    }

    private static String body(QueueServer.InHand hand) {
        return String.valueOf(hand.envelope().body());
    }

    private void handle(InHand hand, int most) {
        if (most > 1) {
            server.take(QUEUE)
                    .filter(next -> hand.received().together(next))
                    .ifPresent(next -> hand.bodies().add(body(next)));
        }
        try {
            hand.received().begin();
            handled.addAll(hand.bodies());
            others.forEach(text -> server.put(QUEUE, new Envelope(Map.of(), text)));
            others.clear();
            hand.received().acknowledge();
        } catch (Crash crash) {
            while (isSlow) {
                LockSupport.parkNanos(MILLISECOND);
            }
            hand.received().giveBack(crash);
        } finally {
            hand.received().leave();
        }
    }

    private void join(Scenario scenario) {
        Run run = ScenarioRun.of(scenario);
        run.host("app", life -> life);
        listener.join(run);
        present.set(Optional.of(run));
    }

    private Outcome run(Fault fault, ScenarioRunner.Body body) {
        return runWithin(Bounds.DEFAULT, fault, body);
    }

    private Outcome runWithin(Bounds bounds, Fault fault, ScenarioRunner.Body body) {
        return ScenarioRunner.of(fault)
                .within(bounds)
                .on(new Queues("in queues", server))
                .explore(body);
    }

    private void awaitEmpty() {
        while (server.size(QUEUE) > 0) {
            LockSupport.parkNanos(MILLISECOND);
        }
    }

    /** The second message is in the hands of the consumer, or lies there, as the run fails. */
    private void failAfterTheFirst() {
        Outcome outcome = run(Fault.CRASH, scenario -> {
            join(scenario);
            scenario.always(() -> assertThat(handled).isEmpty());
            scenario.channel(QUEUE).send("k-1", "one");
            scenario.channel(QUEUE).send("k-2", "two");
            scenario.settle();
        });
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void nobodyHandlesAfterAFailedRunWhatItHasSent() {
        listen(1);

        failAfterTheFirst();
        awaitEmpty();

        assertThat(handled).containsExactly("one");
    }

    /** One of them is in the hands of the consumer, which waits for its turn as the run ends, and one lies on the server. */
    @Test
    void nobodyHandlesAfterAFailedRunWhatOthersHaveSentMeanwhile() {
        others.addAll(List.of("their first", "their second"));
        isSlow = true;
        listen(1);
        Outcome outcome = run(Fault.CRASH, scenario -> {
            join(scenario);
            scenario.always(() -> {
                while (!handled.isEmpty()
                        && HostedTasks.of(ScenarioRun.of(scenario)).waiting() == 0) {
                    LockSupport.parkNanos(MILLISECOND);
                }
                assertThat(handled).isEmpty();
            });
            scenario.channel(QUEUE).send("k-1", "one");
            scenario.settle();
        });
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        isSlow = false;
        server.put(QUEUE, new Envelope(Map.of(), "last"));
        awaitEmpty();

        assertThat(handled).containsExactly("one", "last");
    }

    /** A process has died with it in hand, and its thread comes to that only when the run has waited for it in vain. */
    @Test
    void nobodyHandlesWhatIsGivenBackWhenTheRunIsOver() {
        isSlow = true;
        listen(1);
        Outcome outcome = runWithin(Bounds.DEFAULT.withSettleTimeout(Duration.ofMillis(200)), Fault.CRASH, scenario -> {
            join(scenario);
            server.put(QUEUE, new Envelope(Map.of(), "theirs"));
            scenario.settle();
        });
        // The run that was to confirm the failure has waited for the same thread.
        assertThat(outcome).isInstanceOf(Outcome.Inconclusive.class);
        handled.clear();
        isSlow = false;
        server.put(QUEUE, new Envelope(Map.of(), "last"));
        awaitEmpty();

        assertThat(handled).containsExactly("last");
    }

    /** Outside of runs a consumer is as it is without them. */
    @Test
    void whatOthersSendAfterAFailedRunIsHandled() {
        listen(1);
        failAfterTheFirst();
        awaitEmpty();

        server.put(QUEUE, new Envelope(Map.of(), "three"));
        awaitEmpty();

        assertThat(handled).containsExactly("one", "three");
    }

    /** A server may give back late what a consumer had in hand. */
    private void comesLate(MemoryQueues.Entry late, int most) {
        listen(most);
        Outcome outcome = run(Fault.DUPLICATE, scenario -> {
            handled.clear();
            join(scenario);
            scenario.channel(QUEUE).send("k-1", "new");
            server.in(QUEUE).add(new MemoryQueues.Entry(late.identity, late.envelope));
            scenario.settle();
            assertThat(handled).containsOnly("new");
        });
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    /** Nobody comes for the message, so the run does not settle. */
    private MemoryQueues.Entry leave() {
        List<MemoryQueues.Entry> left = new ArrayList<>();
        Outcome outcome = runWithin(Bounds.DEFAULT.withSettleTimeout(Duration.ofMillis(200)), Fault.CRASH, scenario -> {
            join(scenario);
            scenario.channel(QUEUE).send("k-1", "old");
            try {
                scenario.settle();
            } finally {
                left.addAll(server.in(QUEUE));
            }
        });
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return left.get(0);
    }

    @Test
    void theNextRunGetsNothingOfAnEarlierOne() {
        comesLate(leave(), 1);
    }

    @Test
    void aBatchHasNothingOfAnEarlierRun() {
        comesLate(leave(), 2);
    }
}
