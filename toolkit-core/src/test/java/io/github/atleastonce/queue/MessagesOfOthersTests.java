package io.github.atleastonce.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What others than the run put into a queue is told apart from what the run has put. */
class MessagesOfOthersTests {

    private static final String QUEUE = TransportContract.ORDERS;

    /** Each fails as often as it may, in turn with the other: together they would have failed too often. */
    @Test
    void attemptsAreCountedForEach() {
        UnlimitedQueues server = new UnlimitedQueues.ToTheTail();
        Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE)
                .on(new Queues("in queues", server))
                .explore(scenario -> {
                    Map<String, Integer> came = new HashMap<>();
                    scenario.consumer("billing", QUEUE, String.class, text -> {
                        if (came.merge(text, 1, Integer::sum) <= 2) {
                            throw new IllegalStateException("not yet");
                        }
                    });
                    server.put(QUEUE, new Envelope(Map.of(), "another's"));
                    scenario.channel(QUEUE).send("k-1", "one");
                    scenario.settle();
                    assertThat(came).containsOnlyKeys("one", "another's");
                    assertThat(came.values()).allMatch(times -> times >= 3);
                });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void namesAreOthersThanThoseOfTheRun() {
        UnlimitedQueues server = new UnlimitedQueues();
        Outcome outcome = ScenarioRunner.of(Fault.REDELIVERY)
                .on(new Queues("in queues", server))
                .explore(scenario -> {
                    Map<String, Integer> came = new HashMap<>();
                    scenario.consumer("billing", QUEUE, String.class, text -> came.merge(text, 1, Integer::sum));
                    server.put(QUEUE, new Envelope(Map.of(), "another's"));
                    scenario.channel(QUEUE).send("one");
                    scenario.settle();
                    assertThat(came).containsKeys("one", "another's");
                    assertThat(came.get("another's")).isEqualTo(1);
                });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token()).hasToString("1:redelivery(billing<contract-orders[#-1])"));
    }

    /** What nobody reads is still there, and what the server has taken for it never was. */
    @Test
    void nobodyHasConsumedWhatTheServerTookForAnother() {
        AtomicLong consumed = new AtomicLong();
        AtomicLong published = new AtomicLong();
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .on(new Queues("in queues", new FirstInFirstOutQueues()))
                .replay(ScheduleToken.parse("1:"), scenario -> {
                    Message message = new Message("m-1", "k-1", "Order", Headers.none(), "one");
                    scenario.channel(QUEUE).send(message);
                    scenario.channel(QUEUE).send(message);
                    scenario.settle();
                    consumed.set(scenario.history().of(Event.Consumed.class).count());
                    published.set(scenario.history().of(Event.Published.class).count());
                });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(consumed).hasValue(0);
        assertThat(published).hasValue(1);
    }
}
