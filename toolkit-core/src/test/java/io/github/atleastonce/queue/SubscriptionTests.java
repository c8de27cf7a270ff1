package io.github.atleastonce.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.Tombstone;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever subscribes to a queue takes what a queue carries. */
class SubscriptionTests {

    private Outcome subscribe(Class<?> type) {
        return ScenarioRunner.of(Fault.DUPLICATE)
                .on(new Queues("in queues", new MemoryQueues()))
                .explore(scenario -> {
                    List<Object> came = new ArrayList<>();
                    scenario.consumer("billing", TransportContract.ORDERS, type, came::add);
                    scenario.channel(TransportContract.ORDERS).send("k-1", "one");
                    scenario.channel(TransportContract.ORDERS).send("k-1", Tombstone.INSTANCE);
                    scenario.settle();
                    assertThat(came).isNotEmpty();
                });
    }

    @Test
    void aTypeThatNoMessageCanBeIsRefused() {
        assertThat(subscribe(Integer.class))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessage(
                                        "A queue carries texts: let 'billing' take a String, a Tombstone or a Message"
                                                + " from 'contract-orders', and not a java.lang.Integer."));
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, CharSequence.class, Object.class, Message.class, Tombstone.class})
    void whatAMessageIsIsTaken(Class<?> type) {
        assertThat(subscribe(type)).isInstanceOf(Outcome.Passed.class);
    }
}
