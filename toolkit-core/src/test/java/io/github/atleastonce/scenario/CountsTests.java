package io.github.atleastonce.scenario;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DROP;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.POISON;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.schedule.Bounds;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three messages with keys of their own, one subscriber, one I/O step in its handler: how many schedules, and which. */
class CountsTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);
    private static final Bounds TWO = Bounds.DEFAULT;

    private static void body(Scenario scenario) {
        Deposits.threeMessages(scenario, new Deposits());
    }

    @Test
    void oneFaultWithARewindOfOne() {
        Explored explored = Explored.of(CountsTests::body, ONE.withRewind(1), DUPLICATE, REDELIVERY, CRASH);
        assertThat(explored.tokens())
                .containsExactly(
                        // no fault
                        "1:",
                        // one of each kind first: a copy behind the append of this message, of the one before
                        "1:duplicate(deposits[k1])",
                        "1:duplicate(deposits[k2],deposits[k1])",
                        // the process dies before a handler, after its step; its acknowledgement is lost
                        "1:crash(bank<deposits[k1])",
                        "1:crash(bank<deposits[k1]/commit)",
                        "1:redelivery(bank<deposits[k1])",
                        // when all is quiet: a copy, a death
                        "1:duplicate(quiet,deposits[k3])",
                        "1:crash(quiet,bank)",
                        // the same for the other messages
                        "1:duplicate(deposits[k2])",
                        "1:duplicate(deposits[k3])",
                        "1:duplicate(deposits[k3],deposits[k2])",
                        "1:duplicate(deposits[k3],deposits[k1])",
                        "1:crash(bank<deposits[k2])",
                        "1:crash(bank<deposits[k2]/commit)",
                        "1:redelivery(bank<deposits[k2])",
                        "1:crash(bank<deposits[k3])",
                        "1:crash(bank<deposits[k3]/commit)",
                        "1:redelivery(bank<deposits[k3])",
                        "1:duplicate(quiet,deposits[k2])",
                        "1:duplicate(quiet,deposits[k1])")
                .hasSize(20);
        assertThat(explored.claim()).isEqualTo("holds under every schedule with ≤ 1 fault (20 runs)");
    }

    @Test
    void twoFaultsWithARewindOfOne() {
        assertThat(Explored.of(CountsTests::body, TWO.withRewind(1), DUPLICATE, REDELIVERY, CRASH)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 2 faults (260 runs)");
    }

    /** Two more with one fault: back by two at the second and at the third acknowledgement. */
    @Test
    void theDefaultRewindGoesBackByTwo() {
        Explored one = Explored.of(CountsTests::body, ONE, DUPLICATE, REDELIVERY, CRASH);
        assertThat(one.tokens())
                .hasSize(22)
                .contains("1:redelivery(bank<deposits[k2],2)", "1:redelivery(bank<deposits[k3],2)");
        assertThat(Explored.of(CountsTests::body, TWO, DUPLICATE, REDELIVERY, CRASH)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 2 faults (324 runs)");
    }

    @Test
    void eachFaultAlone() {
        assertThat(Explored.of(CountsTests::body, ONE, DUPLICATE).claim()).contains("(10 runs)");
        assertThat(Explored.of(CountsTests::body, ONE, REDELIVERY).claim()).contains("(6 runs)");
        assertThat(Explored.of(CountsTests::body, ONE, CRASH).claim()).contains("(8 runs)");
        assertThat(Explored.of(CountsTests::body, ONE, DELAY).claim()).contains("(4 runs)");
    }

    /** One partition with one subscriber has one head: nothing may overtake. */
    @Test
    void oneLaneOffersNoReordering() {
        assertThat(Explored.of(CountsTests::body, TWO, DUPLICATE, REORDER).claim())
                .isEqualTo(Explored.of(CountsTests::body, TWO, DUPLICATE).claim() + "; no place for REORDER");
    }

    @Test
    void aFaultThatHasAPlaceOnlyAfterAnotherIsNotCalledAbsent() {
        ScenarioRunner.Body alarmsAtTheSecond = scenario -> {
            Set<String> seen = new HashSet<>();
            scenario.consumer("siren", "alarms", String.class, alarm -> {});
            scenario.service("bank", life -> {
                life.subscribe("deposits", String.class, deposit -> {
                    if (!seen.add(deposit)) {
                        life.send("alarms", deposit, "again");
                    }
                });
                return life;
            });
            scenario.channel("deposits").send("d-1", "one");
            scenario.settle();
        };
        assertThat(Explored.of(alarmsAtTheSecond, ONE, DUPLICATE, SEND_UNCERTAIN)
                        .claim())
                .endsWith("; no place for SEND_UNCERTAIN");
        assertThat(Explored.of(alarmsAtTheSecond, TWO, DUPLICATE, SEND_UNCERTAIN)
                        .claim())
                .doesNotContain("no place");
    }

    @Test
    void lossAndPoisonAreOfferedOnceForEachAppend() {
        assertThat(Explored.of(scenario -> sendOnly(scenario), ONE, DROP, POISON)
                        .tokens())
                .containsExactly(
                        "1:",
                        "1:drop(deposits[k1])",
                        "1:poison(deposits[k1])",
                        "1:drop(deposits[k2])",
                        "1:poison(deposits[k2])");
    }

    /** Survives loss and poison, since it asserts nothing and puts aside what it cannot read. */
    private static void sendOnly(Scenario scenario) {
        scenario.channel("deposits", io.github.atleastonce.channel.ChannelOptions.DEFAULT.deadLetter("dead"));
        scenario.consumer("bank", "deposits", String.class, text -> {});
        scenario.channel("deposits").send("d-1", "one");
        scenario.channel("deposits").send("d-2", "two");
        scenario.settle();
    }
}
