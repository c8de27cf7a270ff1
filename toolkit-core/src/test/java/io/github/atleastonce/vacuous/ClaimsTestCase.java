package io.github.atleastonce.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.IN_MEMORY;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Replay;
import io.github.atleastonce.run.SendFailedException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Claims that are wider than what was run, and results that look like a pass. */
class ClaimsTestCase {

    private static int suspicions;

    static Stream<Way> ways() {
        return Stream.of(
                of("C1", "None of the faults has a place", "noPlace")
                        .fails("No fault point was met")
                        .today(),
                of("C2", "Two of the three faults have no place", "twoWithoutPlace")
                        .fails("SEND_FAILED")
                        .today(),
                of("C4", "maxFaults = 0", "noFaults")
                        .fails("maxFaults be at least 1")
                        .today(),
                of("C5", "maxRuns stops it before one fault is exhausted", "stoppedAtOnce")
                        .fails("maxRuns")
                        .today(),
                of("C6", "maxRuns stops it before what was asked for is exhausted", "stoppedHalfway")
                        .fails("maxRuns")
                        .today(),
                of("C7", "An assumption fails under a fault", "assumesUnderAFault")
                        .fails("gave up")
                        .today(),
                of("C8", "An assumption fails without any fault", "assumesAlways")
                        .says("this platform")
                        .today(),
                of("C9", "A schedule fails, and passes when it is run again", "flaky")
                        .fails("passed")
                        .today(),
                of("C10", "A failure adds an aborted invocation: the suspect run", "failsOnce")
                        .shows(
                                "a failure, and nothing that counts as skipped",
                                seen -> !seen.failed().isEmpty()
                                        && seen.aborted().isEmpty())
                        .today(),
                of("C11", "@AtLeastOnceTest passes what only another order breaks", "onlyAnotherOrder")
                        .says("not tried")
                        .today(),
                of("C12", "@FaultTest passes what only two at once break", "onlyTwoAtOnce")
                        .fails("CONCURRENT")
                        .today(),
                of("C13", "@FaultTest passes a handler that swallows the failure of its send", "swallowsSend")
                        .fails("SEND_FAILED")
                        .today(),
                of("C14", "A channel declares away what its sender does", "declaredAway")
                        .says("no stale duplicates on 'orders'")
                        .today(),
                of("C15", "A replay of the run without faults is left in the configuration", "assertsOnce")
                        .with("atleastonce.replay", "1:")
                        .says("without faults")
                        .today(),
                of("C16", "A parameter is misspelt: atleastonce.maxfaults", "assertsOnce")
                        .with("atleastonce.maxfaults", "3")
                        .fails("atleastonce.maxFaults")
                        .today(),
                of("C17", "@Replay stands beside @Test", "replayBesideTest")
                        .fails("@Replay")
                        .today(),
                way("C18", IN_MEMORY, "@Replay stands alone", ReplayAloneTestCase.class, null)
                        .shows("@Replay is named, as a failure or a warning", seen -> seen.says("@Replay"))
                        .today(),
                of("C19", "The claim is a display name, which build tools do not print", "assertsOnce")
                        .shows(
                                "the claim on the console",
                                seen -> seen.console().contains("under every schedule"))
                        .today(),
                of("C20", "No file says what was claimed", "assertsOnce")
                        .shows(
                                "the claim in a file",
                                seen -> seen.files().stream().anyMatch(file -> file.contains("under every schedule")))
                        .today(),
                of("C21", "The faults that were tried are not named", "assertsOnce")
                        .says("; tried: DUPLICATE")
                        .today(),
                of("C22", "ScenarioRunner: the body gives up under a fault", "runnerGivesUp")
                        .says("gave up")
                        .today(),
                of("C23", "ScenarioRunner: nobody looks at the outcome", "outcomeIgnored")
                        .invisible("an outcome is a value; @CheckReturnValue would let the compiler say so"));
    }

    private static Way.Draft of(String id, String does, String method) {
        return way(id, IN_MEMORY, does, ClaimsTestCase.class, method);
    }

    /** Right, and asserted. */
    private static void once(Scenario scenario) {
        Set<String> booked = new TreeSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> life.step("insert", () -> booked.add(order)));
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsOnce(Scenario scenario) {
        once(scenario);
    }

    @FaultTest(faults = Fault.SEND_FAILED)
    void noPlace(Scenario scenario) {
        once(scenario);
    }

    @FaultTest(
            faults = {Fault.CRASH, Fault.SEND_FAILED, Fault.SEND_UNCERTAIN},
            maxFaults = 1)
    void twoWithoutPlace(Scenario scenario) {
        once(scenario);
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 0)
    void noFaults(Scenario scenario) {
        once(scenario);
    }

    @FaultTest(faults = Fault.DUPLICATE, maxRuns = 2)
    void stoppedAtOnce(Scenario scenario) {
        once(scenario);
    }

    @FaultTest(
            faults = {Fault.DUPLICATE, Fault.CRASH},
            maxFaults = 3,
            maxRuns = 12)
    void stoppedHalfway(Scenario scenario) {
        once(scenario);
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assumesUnderAFault(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        assumeTrue(booked.size() == 1, "only if nothing went wrong");
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assumesAlways(Scenario scenario) {
        assumeTrue(Books.ordered(scenario).size() > 1, "not on this platform");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void flaky(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        if (booked.size() == 2) {
            assertThat(++suspicions % 2).isZero();
        }
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void failsOnce(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @AtLeastOnceTest(maxFaults = 1)
    void onlyAnotherOrder(Scenario scenario) {
        Set<String> booked = new TreeSet<>();
        Set<String> paid = new TreeSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> life.step("insert", () -> booked.add(order)));
            life.subscribe("payments", String.class, order -> {
                if (booked.contains(order)) {
                    life.step("insert", () -> paid.add(order));
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.channel("payments").send("o-1", "o-1");
        scenario.settle();
        assertThat(paid).containsExactly("o-1");
    }

    @FaultTest(maxFaults = 1)
    void onlyTwoAtOnce(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        Set<String> inbox = new HashSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                boolean known = inbox.contains(order);
                life.step("select inbox");
                if (!known) {
                    life.step("commit", () -> {
                        inbox.add(order);
                        booked.add(order);
                    });
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(maxFaults = 1)
    void swallowsSend(Scenario scenario) {
        Set<String> billed = new TreeSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                try {
                    life.send("bills", order, order);
                } catch (SendFailedException logged) {
                    assertThat((Object) logged).isNotNull();
                }
            });
            return life;
        });
        scenario.consumer("billing", "bills", String.class, billed::add);
        Books.order(scenario);
        scenario.settle();
        assertThat(billed).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void declaredAway(Scenario scenario) {
        scenario.channel("orders", ChannelOptions.DEFAULT.withoutStaleDuplicates());
        String[] state = {""};
        scenario.consumer("shop", "orders", String.class, order -> state[0] = order);
        scenario.channel("orders").send("o-1", "placed");
        scenario.channel("orders").send("o-1", "paid");
        scenario.settle();
        assertThat(state[0]).isEqualTo("paid");
    }

    @Test
    @Replay("nonsense")
    void replayBesideTest() {
        assertThat(new Books().booked()).isEmpty();
    }

    @Test
    void runnerGivesUp() {
        System.out.println(ScenarioRunner.of(Fault.DUPLICATE)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(scenario -> {
                    List<String> booked = Books.ordered(scenario);
                    scenario.settle();
                    if (booked.size() > 1) {
                        throw new TestAbortedException("only if nothing went wrong");
                    }
                }));
    }

    @Test
    void outcomeIgnored() {
        ScenarioRunner.of(Fault.DUPLICATE).explore(scenario -> {
            List<String> booked = Books.ordered(scenario);
            scenario.settle();
            assertThat(booked).containsExactly("o-1");
        });
    }

    static class ReplayAloneTestCase {

        @Replay("1:duplicate(orders[k1])")
        void test(Scenario scenario) {
            once(scenario);
        }
    }
}
