package io.github.atleastonce.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Consumers of one queue take turns. */
class CompetitorsTests {

    @Test
    void eachGetsTheNext() {
        Outcome outcome = ScenarioRunner.of(Fault.DELAY)
                .on(new Queues("in queues", new MemoryQueues()))
                .explore(scenario -> {
                    List<String> first = new ArrayList<>();
                    List<String> second = new ArrayList<>();
                    scenario.consumer("first", TransportContract.ORDERS, String.class, first::add);
                    scenario.consumer("second", TransportContract.ORDERS, String.class, second::add);
                    for (String text : List.of("one", "two", "three", "four")) {
                        scenario.channel(TransportContract.ORDERS).send(text, text);
                    }
                    scenario.settle();
                    assertThat(first).hasSize(2);
                    assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
                });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }
}
