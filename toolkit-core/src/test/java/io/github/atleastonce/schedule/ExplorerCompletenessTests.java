package io.github.atleastonce.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the explorer with a plain enumeration, on small trees that are drawn by a seed. */
class ExplorerCompletenessTests {

    private static final int TREES = 150;
    private static final int DEPTH = 6;

    /** A body that is a function of the choices before: how many options come next, 0 for the end. */
    private record Tree(long seed) {

        int options(List<Integer> choices) {
            if (choices.size() == DEPTH) {
                return 0;
            }
            Random random = new Random(seed * 31 + choices.hashCode());
            random.nextInt();
            return random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3);
        }

        /** Lists every sequence of choices with up to a number of faults. */
        List<List<Integer>> enumerate(int maxFaults) {
            List<List<Integer>> all = new ArrayList<>();
            enumerate(List.of(), maxFaults, all);
            return all;
        }

        private void enumerate(List<Integer> choices, int left, List<List<Integer>> all) {
            int options = options(choices);
            if (options == 0) {
                all.add(choices);
                return;
            }
            for (int choice = 0; choice <= (left == 0 ? 0 : options); choice++) {
                List<Integer> longer = new ArrayList<>(choices);
                longer.add(choice);
                enumerate(longer, choice == 0 ? left : left - 1, all);
            }
        }

        /** Runs on after the faults are spent, as a body does; without asking. */
        List<Integer> run(Schedule schedule) {
            List<Integer> choices = new ArrayList<>();
            for (int options = options(choices); options > 0; options = options(choices)) {
                String[] faults = new String[options];
                for (int i = 0; i < options; i++) {
                    faults[i] = "reorder " + i % 2;
                }
                choices.add(schedule.armed() ? schedule.choose(Place.of("p" + choices.size() % 2, faults)) : 0);
            }
            return choices;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void takesEachSequenceOfChoicesExactlyOnceAndCountsRight(int maxFaults) {
        for (long seed = 1; seed <= TREES; seed++) {
            Tree tree = new Tree(seed);
            List<List<Integer>> expected = tree.enumerate(maxFaults);
            List<List<Integer>> taken = new ArrayList<>();
            Explorer explorer = new Explorer(maxFaults);
            for (var next = explorer.next(); next.isPresent(); next = explorer.next()) {
                assertCounts(explorer, expected, taken, maxFaults);
                PlannedSchedule schedule = next.get().schedule(maxFaults);
                List<Integer> choices = tree.run(schedule);
                assertThat(schedule.divergence()).isEmpty();
                assertThat(faults(choices)).isEqualTo(next.get().faults()).isEqualTo(explorer.faults());
                assertReplays(tree, next.get().token(), choices);
                taken.add(choices);
                explorer.completed(schedule.trace());
                assertCounts(explorer, expected, taken, maxFaults);
            }
            assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(taken.stream().map(ExplorerCompletenessTests::faults)).isSorted();
            assertThat(explorer.exhausted()).isEqualTo(maxFaults);
        }
    }

    private static void assertReplays(Tree tree, ScheduleToken token, List<Integer> choices) {
        ReplaySchedule replay = ScheduleToken.parse(token.toString()).schedule();
        assertThat(tree.run(replay)).isEqualTo(choices);
        assertThat(replay.divergence()).isEmpty();
    }

    private static void assertCounts(
            Explorer explorer, List<List<Integer>> expected, List<List<Integer>> taken, int maxFaults) {
        int exhausted = -1;
        while (exhausted < maxFaults && count(taken, exhausted + 1) == count(expected, exhausted + 1)) {
            exhausted++;
        }
        assertThat(explorer.exhausted()).isEqualTo(exhausted);
        for (int faults = 0; faults <= maxFaults; faults++) {
            assertThat(explorer.runs(faults)).isEqualTo(count(taken, faults));
            if (faults <= exhausted + 1) {
                assertThat(explorer.schedules(faults)).isEqualTo(count(expected, faults));
            }
        }
    }

    private static long count(List<List<Integer>> sequences, int faults) {
        return sequences.stream().filter(choices -> faults(choices) == faults).count();
    }

    private static int faults(List<Integer> choices) {
        return (int) choices.stream().filter(choice -> choice > 0).count();
    }
}
