package io.github.atleastonce.scenario;

import static io.github.atleastonce.explore.Trial.Kind.CLOSING;
import static io.github.atleastonce.explore.Trial.Kind.EXPLORED;
import static io.github.atleastonce.explore.Trial.Kind.FAULT_FREE;
import static io.github.atleastonce.explore.Trial.Kind.FAULT_FREE_AGAIN;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.FaultSelection;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.history.Fallback;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.scenario.ScenarioRunner.Body;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Shard;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a room offers to leave out is left out where it makes runs differ, and the claim says so. */
class FallbackTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);
    private static final String LEFT = "what others do came in no certain order";

    /** What varies from some run on, unless it is left out; and what else the body does. */
    private static Body varyingFrom(int first, Set<Fault> lost, Body others) {
        AtomicInteger runs = new AtomicInteger();
        return scenario -> {
            Fallback fallback = scenario.run().history().caveats().fallback();
            int run = runs.incrementAndGet();
            scenario.service("shop", life -> {
                life.subscribe("orders", String.class, order -> {
                    if (!fallback.isTaken()) {
                        fallback.offer(LEFT, lost);
                        life.step("look" + (run < first ? "" : " " + run));
                    }
                });
                return life;
            });
            scenario.channel("orders").send("o-1", "o-1");
            scenario.settle();
            others.perform(scenario);
        };
    }

    private static Explored explored(Body body, Set<Fault> named) {
        FaultSelection faults = FaultSelection.of(EnumSet.of(DUPLICATE, CRASH)).requiring(named);
        String undelivered = Settings.mayPassUndelivered(Explored.COUNTED);
        return Explored.of(body, new Settings(faults, ONE, null, null, null, undelivered, Shard.WHOLE));
    }

    @Test
    void whatVariesIsLeftOut() {
        Explored explored = explored(varyingFrom(2, Set.of(CRASH), scenario -> {}), Set.of(DUPLICATE));
        assertThat(explored.trials())
                .startsWith(FAULT_FREE, FAULT_FREE_AGAIN, FAULT_FREE, FAULT_FREE_AGAIN, EXPLORED)
                .endsWith(CLOSING);
        assertThat(explored.claim())
                .startsWith("holds under every schedule with ≤ 1 fault")
                .contains(LEFT);
    }

    @Test
    void soIsWhatVariesLater() {
        for (int first = 3; first < 8; first++) {
            Explored explored = explored(varyingFrom(first, Set.of(CRASH), scenario -> {}), Set.of());
            assertThat(explored.outcome()).as("from run %d on", first).isInstanceOf(Outcome.Passed.class);
        }
    }

    @Test
    void whatDoesNotVaryStays() {
        Explored explored = explored(varyingFrom(99, Set.of(CRASH), scenario -> {}), Set.of());
        assertThat(explored.claim()).doesNotContain(LEFT);
    }

    @Test
    void aFaultThatIsNamedIsNotGivenUp() {
        Explored explored = explored(varyingFrom(2, Set.of(CRASH), scenario -> {}), Set.of(CRASH));
        assertThat(Explored.reason(explored.outcome())).startsWith("Two fault-free runs differ");
    }

    @Test
    void whatIsWrongIsFoundAllTheSame() {
        Explored explored = explored(
                varyingFrom(2, Set.of(CRASH), scenario -> {
                    long handled = scenario.run().history().events().stream()
                            .filter(event -> event.toString().startsWith("Delivered"))
                            .count();
                    assertThat(handled).isLessThanOrEqualTo(1);
                }),
                Set.of());
        assertThat(explored.token()).isEqualTo("1:duplicate(orders[k1])");
    }

    /** It hangs under a duplicate as long as the room has its part in it; and without, if it is to blame itself. */
    private static Body hangingUnderADuplicate(boolean always) {
        return varyingFrom(99, Set.of(CRASH), scenario -> {
            boolean twice = !scenario.run().schedule().trace().deviations().isEmpty();
            if (twice
                    && (always || !scenario.run().history().caveats().fallback().isTaken())) {
                throw new NotSettledException("settleTimeout", List.of("somebody who waits"));
            }
        });
    }

    @Test
    void whoHangsIsLookedAtWithoutIt() {
        FaultSelection faults = FaultSelection.of(EnumSet.of(DUPLICATE));
        String undelivered = Settings.mayPassUndelivered(Explored.COUNTED);
        Settings settings = new Settings(faults, ONE, null, null, null, undelivered, Shard.WHOLE);

        assertThat(Explored.of(hangingUnderADuplicate(false), settings).claim()).contains(LEFT);
        assertThat(Explored.of(hangingUnderADuplicate(true), settings).token()).isEqualTo("1:duplicate(orders[k1])");
    }

    @Test
    void whoHangsUnderWhatWouldBeLostIsTold() {
        Explored explored = explored(
                varyingFrom(99, Set.of(DUPLICATE), scenario -> {
                    if (!scenario.run().schedule().trace().deviations().isEmpty()) {
                        throw new NotSettledException("settleTimeout", List.of("somebody who waits"));
                    }
                }),
                Set.of());
        assertThat(explored.token()).isEqualTo("1:duplicate(orders[k1])");
        assertThat(explored.trials()).containsOnlyOnce(FAULT_FREE);
    }

    @Test
    void aFailureWithoutFaultsIsToldIfItStays() {
        Explored explored = explored(
                varyingFrom(99, Set.of(CRASH), scenario -> {
                    throw new AssertionError("wrong");
                }),
                Set.of());
        assertThat(explored.trials()).containsExactly(FAULT_FREE, FAULT_FREE);
        assertThat(Explored.failed(explored.outcome()).token().deviations()).isEmpty();
    }
}
