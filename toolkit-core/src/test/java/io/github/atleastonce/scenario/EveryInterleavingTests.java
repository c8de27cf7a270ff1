package io.github.atleastonce.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can happen at once, in every order of its steps, and each order once. */
class EveryInterleavingTests {

    private static final Bounds EVERY = Bounds.DEFAULT.withMaxFaults(1).withEveryInterleaving();

    /** What the handlers did, in order: the letter of the handler, and the number of its step or, after the last one, an e. */
    private final List<String> orders = new ArrayList<>();

    @Test
    void runsEachOrderOfTwoStepsOnce() {
        Outcome outcome = twice(2, EVERY);

        // Nothing else at once: A1 A2 Ae, also in the two runs without faults that come second and last.
        // B begins after the first step of A, then the turn goes back not at all, after B1, after B2; and once more to
        // B.
        // B begins after the second step of A, then the turn goes back not at all, after B1, after B2.
        assertThat(claim(outcome))
                .isEqualTo(
                        "holds under every schedule with ≤ 1 fault, every interleaving of the two included (10 runs)");
        assertThat(orders)
                .containsExactlyInAnyOrder(
                        "A1 A2 Ae",
                        "A1 A2 Ae",
                        "A1 A2 Ae",
                        "A1 B1 B2 Be A2 Ae",
                        "A1 B1 A2 Ae B2 Be",
                        "A1 B1 A2 B2 Be Ae",
                        "A1 B1 A2 B2 Ae Be",
                        "A1 B1 B2 A2 Ae Be",
                        "A1 B1 B2 A2 Be Ae",
                        "A1 A2 B1 B2 Be Ae",
                        "A1 A2 B1 Ae B2 Be",
                        "A1 A2 B1 B2 Ae Be");
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 10", "3, 35", "4, 126"})
    void runsEveryOrderOfTheSameThingTwice(int steps, int schedules) {
        Outcome outcome = twice(steps, EVERY);

        // (2n + 1)! / (n! (n + 1)!): what is left of A after its first step among all of B. In one of them B begins
        // after the end
        // of A, which is no more than the fault-free run and a redelivery: in its place stands the fault-free run.
        Set<String> expected = merges("", rest('A', 2, steps), rest('B', 1, steps), "A1 ");
        expected.remove(text("A1 " + rest('A', 2, steps) + rest('B', 1, steps)));
        expected.add(text("A1 " + rest('A', 2, steps)));
        assertThat(passed(outcome).claim().runs()).isEqualTo(schedules);
        assertThat(new TreeSet<>(orders)).isEqualTo(expected).hasSize(schedules);
        assertThat(orders).hasSize(schedules + 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void runsEveryOrderOfTwoMessages(int steps) {
        Outcome outcome = two(steps);

        Set<String> expected = merges("", rest('A', 1, steps), rest('B', 1, steps), "");
        assertThat(claim(outcome)).contains("every interleaving of the two included");
        assertThat(orders.stream().filter(order -> !isTwice(order)).collect(Collectors.toSet()))
                .isEqualTo(expected);
    }

    @Test
    void handsTheTurnBackFromWhoWaitsForALockOfTheJvm() {
        Object monitor = new Object();
        Outcome outcome = ScenarioRunner.of(Fault.CONCURRENT)
                .mayPassUndelivered(Explored.COUNTED)
                .within(EVERY)
                .explore(scenario -> {
                    scenario.service("c", life -> {
                        life.subscribe("o", String.class, any -> {
                            synchronized (monitor) {
                                life.step("s1");
                                life.step("s2");
                            }
                        });
                        return life;
                    });
                    scenario.channel("o").send("k", "m");
                    scenario.settle();
                });

        // Alone; the second begins after s1, or after s2, and can take no step before the end of the first.
        assertThat(claim(outcome)).contains("every interleaving of the two included (3 runs)");
    }

    @Test
    void runsNoOrderTwiceWhereTurnsAreFaults() {
        // As many as every interleaving has: a turn that is handed straight back is none.
        assertThat(claim(twice(2, Bounds.DEFAULT.withMaxFaults(10))))
                .isEqualTo("holds under every schedule with ≤ 10 faults (10 runs)");
        assertThat(new TreeSet<>(orders)).hasSize(10);
    }

    @Test
    void claimsWhatItCameTo() {
        // 1 alone; 3 with two at once; 9 with a turn, of 18 with two turns 7 are run
        assertThat(Explored.reason(twice(3, EVERY.withMaxRuns(20))))
                .isEqualTo(
                        "This exploration holds under every schedule with ≤ 1 fault and ≤ 1 turn (13 runs); beyond, 7 of 9 "
                                + "with 1 turn more (stopped by maxRuns = 20).");
    }

    @Test
    void doesNotClaimInterleavingsOfWhatNeverHappensAtOnce() {
        Outcome outcome = ScenarioRunner.of(Fault.CONCURRENT, Fault.REDELIVERY)
                .mayPassUndelivered(Explored.COUNTED)
                .within(EVERY)
                .explore(scenario -> body(scenario, 1, 0));

        assertThat(claim(outcome))
                .isEqualTo("holds under every schedule with ≤ 1 fault (2 runs); no place for CONCURRENT");
    }

    @Test
    void findsWhatNeedsTurnsThereAndBackAndReplaysIt() {
        Outcome outcome = ScenarioRunner.of(Fault.CONCURRENT)
                .mayPassUndelivered(Explored.COUNTED)
                .within(EVERY)
                .explore(this::dislikesOneOrder);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token())
                    .hasToString("1:concurrent(c<o[k1]/s1)+concurrent(c<o[k1]/s1,the first)"
                            + "+concurrent(c<o[k1]/s2,again)");
            assertThat(failed.effort())
                    .isInstanceOfSatisfying(
                            Effort.Searched.class,
                            effort -> assertThat(effort.switches()).isEqualTo(2));
            assertThat(ScenarioRunner.of(Fault.CONCURRENT)
                            .within(EVERY)
                            .replay(ScheduleToken.parse(failed.token().toString()), this::dislikesOneOrder))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            again -> assertThat(again.token()).isEqualTo(failed.token()));
        });
    }

    private void dislikesOneOrder(Scenario scenario) {
        body(scenario, 1, 2);
        assertThat(orders.get(orders.size() - 1)).isNotEqualTo("A1 B1 A2 B2 Be Ae");
    }

    private Outcome twice(int steps, Bounds bounds) {
        return ScenarioRunner.of(Fault.CONCURRENT)
                .mayPassUndelivered(Explored.COUNTED)
                .within(bounds)
                .explore(scenario -> body(scenario, 1, steps));
    }

    private Outcome two(int steps) {
        return ScenarioRunner.of(Fault.CONCURRENT)
                .mayPassUndelivered(Explored.COUNTED)
                .within(EVERY)
                .explore(scenario -> body(scenario, 2, steps));
    }

    private void body(Scenario scenario, int messages, int steps) {
        List<String> done = new ArrayList<>();
        int[] handled = new int[1];
        scenario.channel("o", ChannelOptions.partitions(messages));
        scenario.service("c", life -> {
            life.subscribe("o", String.class, message -> {
                char letter = (char) ('A' + handled[0]++);
                String name = messages == 1 ? "" + letter : message;
                for (int step = 1; step <= steps; step++) {
                    done.add(name + step);
                    life.step("s" + step);
                }
                done.add(name + "e");
            });
            return life;
        });
        for (int message = 0; message < messages; message++) {
            scenario.channel("o").send("k" + message, "" + (char) ('A' + message));
        }
        scenario.settle();
        orders.add(String.join(" ", done));
    }

    private static boolean isTwice(String order) {
        return order.indexOf("Ae") != order.lastIndexOf("Ae") || order.indexOf("Be") != order.lastIndexOf("Be");
    }

    private static String rest(char handler, int from, int steps) {
        StringBuilder rest = new StringBuilder();
        for (int step = from; step <= steps; step++) {
            rest.append(handler).append(step).append(' ');
        }
        return rest.append(handler).append("e ").toString();
    }

    private static Set<String> merges(String done, String left, String right, String before) {
        Set<String> all = new TreeSet<>();
        if (left.isEmpty() || right.isEmpty()) {
            all.add(text(before + done + left + right));
            return all;
        }
        all.addAll(merges(done + left.substring(0, 3), left.substring(3), right, before));
        all.addAll(merges(done + right.substring(0, 3), left, right.substring(3), before));
        return all;
    }

    private static String text(String order) {
        return order.strip();
    }

    private static String claim(Outcome outcome) {
        return Explored.claim(outcome);
    }

    private static Outcome.Passed passed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        return (Outcome.Passed) outcome;
    }
}
