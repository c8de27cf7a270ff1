package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.run.Outcome;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import org.junit.jupiter.api.Test;

class StoryTests {

    @Test
    void aFailureSaysHowToReplayIt() {
        Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE).explore(scenario -> {
            int[] handled = new int[1];
            scenario.consumer("counter", "orders", String.class, order -> handled[0]++);
            scenario.channel("orders").send("o-1", "placed");
            scenario.settle();
            assertThat(handled[0]).isEqualTo(1);
        });

        assertThat(Story.of(outcome).text())
                .startsWith("Fails under 1 fault. Fault-free run passed; 1 of 2 schedules with 1 fault was run.\n\n")
                .contains("expected: 1\n but was: 2")
                .endsWith(
                        "Replay: -Datleastonce.replay='1:duplicate(orders[k1])'   or   @Replay(\"1:duplicate(orders[k1])\")");
    }
}
