package io.github.atleastonce.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.IN_MEMORY;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.saga.Saga;
import io.github.atleastonce.saga.Sagas;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.stream.Stream;

/** Tests of a process that do not see what they should. */
class SagaTestCase {

    record Placed(String order) {}

    record Approved(String order) {}

    record Rejected(String order) {}

    private static final Saga ORDER = Saga.correlatedByKey()
            .step("approval")
            .doneBy(Approved.class)
            .ends(Approved.class)
            .orEnds(Rejected.class);

    static Stream<Way> ways() {
        return Stream.of(
                of("G1", "The saga is described by messages that nobody sends", "otherMessages")
                        .fails("Nothing of a saga was seen")
                        .today(),
                of(
                                "G2",
                                "The saga has an ending that no schedule reaches, and every ending is to be covered",
                                "everyEnding")
                        .fails("no saga ended in Rejected under any schedule")
                        .today(),
                of("G3", "A time-out is asserted, and no saga ever waits", "nobodyWaits")
                        .says("no saga waited for its step 'approval'")
                        .today(),
                of("G4", "Late replies are to be ignored, and none is late", "noLateReply")
                        .says("no saga got a reply after its ending")
                        .today());
    }

    private static Way.Draft of(String id, String does, String method) {
        return way(id, IN_MEMORY, does, SagaTestCase.class, method);
    }

    private static void approve(Scenario scenario) {
        scenario.service("shop", life -> {
            life.subscribe("orders", Placed.class, it -> life.send("answers", it.order(), new Approved(it.order())));
            return new Object();
        });
        scenario.channel("orders").send("o-1", new Placed("o-1"));
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void otherMessages(Scenario scenario) {
        approve(scenario);
        Saga other =
                Saga.correlatedByKey().step("approval").doneBy(Rejected.class).ends(Rejected.class);
        assertThat(Sagas.of(scenario, other)).endsExactlyOnce();
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void everyEnding(Scenario scenario) {
        approve(scenario);
        assertThat(Sagas.of(scenario, ORDER)).endsExactlyOnce().coversEveryEnding();
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void nobodyWaits(Scenario scenario) {
        approve(scenario);
        assertThat(Sagas.of(scenario, ORDER))
                .withId("o-1")
                .timesOut("approval", Duration.ofMinutes(1))
                .to(Rejected.class);
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void noLateReply(Scenario scenario) {
        approve(scenario);
        assertThat(Sagas.of(scenario, ORDER)).withId("o-1").ignoresLateReplies();
    }
}
